using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Model.Routes;
using Confgen.Model.Rules;
using Confgen.Model.Sites;
using Confgen.Model.Sources;
using Confgen.Targets.Apache.Syntax;

namespace Confgen.Targets.Apache.Building;

/// <summary>What a route says, in the groups of which a site's routes may have the same.</summary>
internal sealed class RouteBuilder(ApacheTexts texts, BalancerBuilder balancers, GuardLines guards)
{
    // What browsers send although RFC 3986 doesn't allow it is refused behind a guard.
    private const string OddBytes = @"[^!$%&'()*+,\-./0-9:;=@A-Z\[\]_a-z~]";

    private const string Proxied = "[P,NE,UnsafeAllow3F]";

    private readonly HeaderLines _headers = new(texts);
    private readonly PathRewrites _rewrites = new(texts);

    /// <summary>The lines of a route.</summary>
    public RouteLines Of(Site site, Route route)
    {
        string? server = route.Proxy?.Upstream.Servers is [var only] ? only.Address.HostPort : null;
        int? port = site.Listen is [{ } listen] ? listen.Port : null;
        bool ruled = IsRuled(site, route);
        return new RouteLines
        {
            Guards = [.. guards.Of(route)],
            Limit = [.. Limit(route)],
            Request = route.Proxy is null ? null : [.. Host(route), .. _headers.Request(site, route, server, port)],
            Response = [.. ruled ? ContentType(route) : [], .. _headers.Response(site, route, server, port)],
            Action = [.. Unlogged(site, route), .. Odd(route), .. ruled ? [] : ContentType(route), .. Action(route)],
        };
    }

    private static IEnumerable<string> Limit(Route route)
    {
        if (!ReferenceEquals(route, RouteTable.NoRoute) && route.MaxBody > 0)
        {
            yield return string.Create(null, $"RewriteCond expr \"req_novary('Content-Length') -gt {route.MaxBody}\"");
            yield return "RewriteRule ^ - [R=413,L]";
        }
    }

    private static IEnumerable<string> Unlogged(Site site, Route route)
    {
        if (site.Log is { Format: not AccessLogFormat.Off } && route.Log is { Format: AccessLogFormat.Off })
        {
            yield return "RewriteRule ^ - [E=unlogged:1]";
        }
    }

    private IEnumerable<string> Odd(Route route)
    {
        if (route.IsGuarded || route.Transparent)
        {
            yield return $"RewriteCond \"%{{ENV:{ApacheTexts.RawPath}}}\" {texts.Raw(OddBytes, route.At.Span)}";
            yield return "RewriteRule ^ - [R=400,L]";
        }
    }

    private IEnumerable<string> Host(Route route)
    {
        if (route.Proxy is not { } proxy)
        {
            yield break;
        }

        if (proxy.Host.Kind == HostHeaderKind.Upstream)
        {
            yield return "ProxyPreserveHost Off";
        }
        else if (proxy.Host is { Kind: HostHeaderKind.Literal, Literal: { } literal })
        {
            yield return $"RequestHeader set Host {texts.Quote(ApacheQuoting.EscapeFormat(literal), route.At.Of(RouteFields.Host))}";
        }
    }

    private IEnumerable<string> ContentType(Route route)
    {
        if (route.Action is RespondAction { Body.Length: > 0 } respond)
        {
            yield return "Header always set Content-Type "
                + texts.Quote(ApacheQuoting.EscapeFormat(respond.ContentType), respond.At.Of(RespondFields.ContentType));
        }
    }

    // A rule about the field goes after it.
    private static bool IsRuled(Site site, Route route) =>
        EffectiveHeaders.Response(site, route).Any(static edit => edit.Name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase));

    private IEnumerable<string> Action(Route route) =>
        route.Action switch
        {
            ProxyAction proxy => Forward(route, proxy),
            RespondAction respond => Respond(respond),
            RedirectAction redirect => Redirect(redirect),
            _ => [],
        };

    private IEnumerable<string> Forward(Route route, ProxyAction proxy)
    {
        (IReadOnlyList<string> before, IReadOnlyList<(string? Condition, string Path)> paths) = _rewrites.Of(route);
        foreach (string line in before)
        {
            yield return line;
        }

        string name = balancers.Of(proxy);
        string? upgraded = balancers.OfUpgraded(proxy);
        foreach ((string? condition, string path) in paths)
        {
            if (upgraded is not null)
            {
                yield return "RewriteCond expr \"req_novary('Upgrade') =~ /^websocket$/i\"";
                foreach (string line in To(condition, upgraded, path, route))
                {
                    yield return line;
                }
            }

            foreach (string line in To(condition, name, path, route))
            {
                yield return line;
            }
        }
    }

    // The question mark at the end says that the query is part of what is written, as it was sent.
    private IEnumerable<string> To(string? condition, string balancer, string path, Route route)
    {
        if (condition is not null)
        {
            yield return condition;
        }

        string to = $"balancer://{balancer}{path}%{{ENV:{ApacheTexts.RawQuery}}}?";
        yield return $"RewriteRule ^ {texts.Raw(to, route.At.Span)} {Proxied}";
    }

    private IEnumerable<string> Respond(RespondAction respond)
    {
        if (respond.Body.Length > 0)
        {
            string body = ApacheQuoting.EscapeExpression(respond.Body);
            SourceSpan at = respond.At.Of(RespondFields.Body);
            // What starts with a slash, or is a URL, would be a place.
            yield return string.Create(null, $"ErrorDocument {respond.Status} ") + texts.Quote("%{reqenv:nothing}" + body, at);
        }
        else if (respond.Status < 300)
        {
            yield return string.Create(null, $"ErrorDocument {respond.Status} \"%{{reqenv:nothing}}\"");
        }

        yield return string.Create(null, $"RewriteRule ^ - [R={respond.Status},L]");
    }

    private IEnumerable<string> Redirect(RedirectAction redirect)
    {
        SourceSpan at = redirect.At.Of(RedirectFields.To);
        yield return $"RewriteRule ^ {texts.Raw(texts.Substitution(redirect.To, at) + "?", at)} "
            + string.Create(null, $"[R={redirect.Status},NE,L,UnsafeAllow3F]");
    }
}
