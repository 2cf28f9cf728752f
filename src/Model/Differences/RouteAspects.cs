using Confgen.Model.Guards;
using Confgen.Model.Routes;
using Confgen.Model.Rules;
using Confgen.Model.Sites;
using Confgen.Model.Units;
using Confgen.Model.Upstreams;

namespace Confgen.Model.Differences;

/// <summary>What a route of a site decides, with what it has of the site.</summary>
internal static partial class RouteAspects
{
    /// <summary>The aspects of a route, or of the lack of one (<see cref="RouteTable.NoRoute"/>).</summary>
    public static IReadOnlyList<AspectValue> Of(Site site, Route route)
    {
        var aspects = new List<AspectValue> { Response(route) };
        if (route.Action is FilesAction or ProxyAction)
        {
            bool cuts = route.Rewrite?.Kind is PathRewriteKind.StripPrefix or PathRewriteKind.ReplacePrefix;
            aspects.Add(new(Aspect.Target, (route.Rewrite, cuts ? route.Path.Text : ""), Target(route)));
        }

        if (route.Proxy is { } proxy)
        {
            aspects.AddRange(Proxy(site, route, proxy));
        }

        IReadOnlyList<HeaderEdit> edits = EffectiveHeaders.Response(site, route);
        IReadOnlyList<HeaderEdit> ofErrors = EffectiveHeaders.Response(site, route, success: false);
        bool isSame = Equals(Key(edits), Key(ofErrors));
        aspects.Add(
            new(Aspect.ResponseFields, (Key(edits), Key(ofErrors)), isSame ? Text(edits) : $"{Text(edits)}; of errors {Text(ofErrors)}")
        );
        aspects.Add(new(Aspect.Access, route.Access, Access(route.Access)));
        aspects.Add(
            Optional(
                Aspect.Credentials,
                route.BasicAuth,
                auth => $"of {string.Join(", ", auth.Users.Select(u => u.Name))}, realm '{auth.Realm}'"
            )
        );
        aspects.Add(
            Optional(
                Aspect.AuthServer,
                route.ForwardAuth,
                forward => $"{forward.Server}{forward.Target}{Copied(forward)}{AuthTls(forward)}"
            )
        );
        aspects.Add(Optional(Aspect.RateLimit, route.RateLimit, Rate));
        aspects.Add(Optional(Aspect.Cors, route.Cors, Cors));
        aspects.Add(new(Aspect.BodyLimit, route.MaxBody, route.MaxBody == 0 ? "unlimited" : "at most " + Sizes.Format(route.MaxBody)));
        aspects.Add(
            new(
                Aspect.OddTargets,
                route.IsGuarded || route.Transparent,
                route.IsGuarded || route.Transparent ? "refused with 400" : "taken"
            )
        );
        aspects.Add(new(Aspect.ErrorPages, WithoutNames(route.Errors), ErrorPages(route.Errors)));
        aspects.Add(RawDifferences.Of(site, route));
        AccessLog? log = route.Log ?? site.Log;
        aspects.Add(new(Aspect.Log, (object?)log ?? "default", Log(log)));
        return aspects;
    }

    /// <summary>The guards of a route in words; null where everybody may.</summary>
    public static string? Guards(Route route)
    {
        string[] guards =
        [
            .. new[]
            {
                route.Access.IsOpen ? null : Access(route.Access),
                route.BasicAuth is null ? null : "with a password",
                route.ForwardAuth is null ? null : $"after asking {route.ForwardAuth.Server}",
            }.OfType<string>(),
        ];
        return guards.Length == 0 ? null : string.Join(", ", guards);
    }

    private static AspectValue Optional<T>(Aspect aspect, T? value, Func<T, string> text)
        where T : class => value is null ? new(aspect, "none", "none") : new(aspect, value, text(value));

    private static string Rate(RateLimit rate) =>
        $"{rate.Rate}, burst {rate.Burst}, by {(rate.KeyHeader is { } header ? "header " + header : "client address")}";

    private static string Log(AccessLog? log) =>
        log switch
        {
            null => "the program's own",
            { Format: AccessLogFormat.Off } => "off",
            _ => $"{log.Format.ToString().ToLowerInvariant()} to {log.Output}",
        };

    private static AspectValue Response(Route route) =>
        route.Action switch
        {
            ProxyAction { FilesFirst: { } files } proxy => new(
                Aspect.Response,
                (proxy.FastCgi, files, route.Rewrite?.Kind == PathRewriteKind.StripPrefix ? route.Path.Text : ""),
                $"{Files(files)}, else {(proxy.FastCgi is { } run ? $"{Scripts(run)} by" : "forwarded to")} {Servers(proxy.Upstream)}"
            ),
            ProxyAction { FastCgi: { } fastCgi } proxy => new(
                Aspect.Response,
                ("fastcgi", fastCgi),
                $"{Scripts(fastCgi)} by {Servers(proxy.Upstream)}"
            ),
            ProxyAction proxy => new(Aspect.Response, "proxy", "forwarded to " + Servers(proxy.Upstream)),
            FilesAction files => new(Aspect.Response, files, Files(files)),
            RedirectAction redirect => new(Aspect.Response, redirect, string.Create(null, $"{redirect.Status} to {redirect.To}")),
            CloseAction => new(Aspect.Response, CloseAction.Word, "none: the connection is closed"),
            RespondAction { Body.Length: 0 } respond => new(
                Aspect.Response,
                respond with
                {
                    ContentType = "",
                },
                ReferenceEquals(route, RouteTable.NoRoute) ? "404, no route" : string.Create(null, $"{respond.Status}")
            ),
            RespondAction respond => new(Aspect.Response, respond, string.Create(null, $"{respond.Status} {Shown.Text(respond.Body)}")),
            _ => new(Aspect.Response, route.Action, route.Action.Field),
        };

    private static string Files(FilesAction files) =>
        $"files below "
        + $"{files.Root}{(files.Browse ? ", with listings" : "")}{(files.Try.Count > 0 ? ", trying " + string.Join(", ", files.Try) : "")}";

    private static IEnumerable<AspectValue> Proxy(Site site, Route route, ProxyAction proxy)
    {
        Upstream upstream = proxy.Upstream;
        yield return new(
            Aspect.Servers,
            // The servers of a tunnel are its ends, which are compared with the tunnel.
            (upstream.Tunnel is null ? upstream.Servers : [], upstream.Discover, upstream.Tunnel),
            Servers(upstream)
        );
        yield return new(Aspect.Balance, upstream.Balance, upstream.Balance.Policy + (upstream.Balance.Key is { } key ? " by " + key : ""));
        yield return new(
            Aspect.Health,
            (upstream.ActiveHealth, upstream.PassiveHealth, upstream.Retries, upstream.RetryOn),
            Health(upstream)
        );
        yield return new(Aspect.UpstreamTls, upstream.Scheme == ServerScheme.Https ? upstream.Tls : "none", UpstreamTls(upstream));
        yield return new(Aspect.UpstreamConnections, (upstream.Keepalive, upstream.Buffers), Connections(upstream));
        yield return new(
            Aspect.Host,
            proxy.Host,
            proxy.Host.Kind switch
            {
                HostHeaderKind.Preserve => "the client's",
                HostHeaderKind.Upstream => "the server's",
                _ => proxy.Host.Literal ?? "",
            }
        );
        IReadOnlyList<HeaderEdit> edits = EffectiveHeaders.Request(site, route);
        yield return new(Aspect.RequestFields, Key(edits), Text(edits));
        IReadOnlyList<UrlRule> urls = ResponseUrls.Location(route);
        IReadOnlyList<UrlRule> paths = ResponseUrls.CookiePath(route);
        ValueList<TextMapping> domains = proxy.ResponseRewrite?.CookieDomain ?? [];
        IReadOnlyList<string> servers = urls.Any(r => r.Origin == UrlOrigin.Server) ? ResponseUrls.Servers(proxy) : [];
        yield return new(
            Aspect.ResponseAddresses,
            (urls.ToValueList(), servers.ToValueList(), paths.ToValueList(), domains),
            ResponseUrls.Describe(proxy.ResponseRewrite)
        );
        Timeouts waits = proxy.Timeouts;
        yield return new(
            Aspect.Timeouts,
            (waits.Connect, waits.Send, proxy.ReadTimeout, proxy.UpgradedTimeout, upstream.ResponseHeaderTimeout),
            $"connect {Durations.Format(waits.Connect)}, send {Durations.Format(waits.Send)}, read {Durations.Format(proxy.ReadTimeout)}"
                + (proxy.UpgradedTimeout != proxy.ReadTimeout ? $", upgraded {Durations.Format(proxy.UpgradedTimeout)}" : "")
                + (upstream.ResponseHeaderTimeout is { } head ? $", response header {Durations.Format(head)}" : "")
        );
        yield return new(
            Aspect.Streaming,
            (proxy.Sse, proxy.WebSocket, proxy.FlushInterval),
            (proxy.Sse ? "events" : "ordinary")
                + $", WebSocket {proxy.WebSocket.ToString().ToLowerInvariant()}"
                + (proxy.FlushInterval is { } flush ? $", flushed each {Durations.Format(flush)}" : "")
        );
    }

    private static string Servers(Upstream upstream) =>
        upstream.Tunnel is { } tunnel ? "tunnel " + tunnel
        : upstream.Discover is { } srv ? $"SRV {srv.Name}"
        : string.Join(", ", upstream.Servers.Select(Server));

    private static string Server(UpstreamServer server) =>
        string.Join(
            ' ',
            new[]
            {
                server.Address.ToString(),
                server.Weight != 1 ? string.Create(null, $"weight {server.Weight}") : null,
                server.MaxConns > 0 ? string.Create(null, $"max_conns {server.MaxConns}") : null,
                server.Backup ? "backup" : null,
                server.Down ? "down" : null,
            }.OfType<string>()
        );

    private static string Health(Upstream upstream) =>
        string.Join(
            ", ",
            new[]
            {
                upstream.ActiveHealth is { } active
                    ? $"probes {active.Path} each {Durations.Format(active.Interval)} within {Durations.Format(active.Timeout)} for "
                        + $"{string.Join(", ", active.Status)}"
                    : "no probes",
                upstream.PassiveHealth is { } passive
                    ? string.Create(null, $"{passive.MaxFails} failures rest a server for {Durations.Format(passive.FailFor)}")
                        + (passive.Status.Count > 0 ? " counting " + string.Join(", ", passive.Status) : "")
                        + (passive.Latency is { } slow ? " and over " + Durations.Format(slow) : "")
                    : null,
                string.Create(null, $"{upstream.Retries} retries")
                    + (upstream.RetryOn.Count > 0 ? ", also on " + string.Join(", ", upstream.RetryOn) : ""),
            }.OfType<string>()
        );

    private static string UpstreamTls(Upstream upstream) => upstream.Scheme == ServerScheme.Https ? Tls(upstream.Tls) : "none";

    private static string AuthTls(ForwardAuth forward) =>
        forward.Server.Scheme == ServerScheme.Https && forward.Tls != new UpstreamTls() ? ", " + Tls(forward.Tls) : "";

    private static string Tls(UpstreamTls tls) =>
        string.Join(
            ", ",
            new[]
            {
                tls.Verify ? "verified" : "not verified",
                tls.Ca is { } ca ? "by " + ca : null,
                tls.ServerName is { } name ? "as " + name : null,
                tls.Cert is { } cert ? $"with the client certificate {cert} and {tls.Key}" : null,
            }.OfType<string>()
        );

    private static string Connections(Upstream upstream) =>
        (
            upstream.Keepalive is { } kept
                ? string.Create(null, $"{kept.Idle} idle connections kept {Durations.Format(kept.Timeout)}")
                : "the program's own"
        )
        + (upstream.Buffers?.Read is { } read ? ", read buffers of " + Sizes.Format(read) : "")
        + (upstream.Buffers?.Write is { } write ? ", write buffers of " + Sizes.Format(write) : "");

    private static string Target(Route route) =>
        route.Rewrite?.Kind switch
        {
            null => "as the client sends it",
            PathRewriteKind.StripPrefix => $"without {route.Path.Text}",
            PathRewriteKind.ReplacePrefix => $"{route.Rewrite.To} for {route.Path.Text}",
            PathRewriteKind.AddPrefix => $"below {route.Rewrite.To}",
            _ => $"{route.Rewrite.Regex} replaced by {route.Rewrite.To}",
        };
}
