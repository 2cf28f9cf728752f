using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Model.Guards;
using Confgen.Model.Routes;
using Confgen.Model.Rules;
using Confgen.Model.Sites;
using Confgen.Model.Sources;
using Confgen.Targets.Traefik.Syntax;
using Confgen.Targets.Traefik.Views;

namespace Confgen.Targets.Traefik.Building;

/// <summary>Header rules of a site and a route, and what the contract says of every request.</summary>
internal sealed class RouteHeaders(Middlewares middlewares, TraefikTexts texts)
{
    // What only a proxy may say of a client, what servers could take for it or for framing, and what Traefik adds.
    private static readonly string[] _removed =
    [
        "Forwarded",
        "Front-End-Https",
        "X-Forwarded-Ssl",
        "Proxy",
        "X-Replaced-Path",
        "X_Forwarded_For",
        "X_Forwarded_Host",
        "X_Forwarded_Proto",
        "X_Real_Ip",
        "Content_Length",
        "Transfer_Encoding",
    ];

    /// <summary>On every response; none where nothing is said.</summary>
    public IEnumerable<string> Response(Site site, Route route)
    {
        string? server = Server(route);
        FieldView[] fields =
        [
            .. route.Cors is null ? [] : Cors.ResponseHeaders.Select(static name => new FieldView(TraefikQuoting.Scalar(name), "''")),
            .. EffectiveHeaders
                .Response(site, route)
                .Select(edit => Field(edit, server, Place(site, route, edit.Name, SiteFields.Headers, HeadersFields.Response))),
        ];
        CorsView? cors = route.Cors is { } said ? Of(said) : null;
        if (fields.Length == 0 && cors is null)
        {
            yield break;
        }

        yield return middlewares.Use(
            $"{(route.Headers.Response.IsEmpty && route.Cors is null ? TraefikNames.Of(site) : TraefikNames.Of(site, route))}-headers",
            $"response {string.Join('\n', fields.Select(static field => field.Name + ": " + field.Value))} {route.Cors}",
            name => new MiddlewareView { Name = name, Headers = new HeadersView([], fields, cors) }
        );
    }

    /// <summary>On what a server gets.</summary>
    public IEnumerable<string> Request(Site site, Route route, ProxyAction proxy)
    {
        yield return middlewares.Use(
            "request",
            "request",
            name => new MiddlewareView
            {
                Name = name,
                Headers = new HeadersView([.. _removed.Select(static field => new FieldView(field, "''"))], [], null),
            }
        );
        string? server = Server(route);
        FieldView[] fields =
        [
            .. proxy.WebSocket == WebSocketMode.Never ? (FieldView[])[new FieldView("Upgrade", "''")] : [],
            .. proxy.Host is { Kind: HostHeaderKind.Literal, Literal: { } host }
                ? (FieldView[])[new FieldView("Host", TraefikQuoting.Scalar(host))]
                : [],
            .. (route.ForwardAuth?.CopyHeaders ?? [])
                .SelectMany(static header => LookAlikes(header.Name))
                .Select(static name => new FieldView(TraefikQuoting.Scalar(name), "''")),
            .. EffectiveHeaders
                .Request(site, route)
                .Select(edit => Field(edit, server, Place(site, route, edit.Name, SiteFields.Headers, HeadersFields.Request))),
        ];
        bool isOfSite =
            route is { Headers.Request.IsEmpty: true, ForwardAuth: null }
            && proxy is { WebSocket: not WebSocketMode.Never, Host.Kind: not HostHeaderKind.Literal };
        if (fields.Length > 0)
        {
            yield return middlewares.Use(
                $"{(isOfSite ? TraefikNames.Of(site) : TraefikNames.Of(site, route))}-request",
                "request " + string.Join('\n', fields.Select(static field => field.Name + ": " + field.Value)),
                name => new MiddlewareView { Name = name, Headers = new HeadersView(fields, [], null) }
            );
        }
    }

    /// <summary>The names that a server could take for another one because it reads <c>_</c> as <c>-</c>.</summary>
    internal static IEnumerable<string> LookAlikes(string name)
    {
        int[] dashes = [.. name.Select(static (c, at) => (c, at)).Where(static each => each.c == '-').Select(static each => each.at)];
        const int most = 4;
        int used = Math.Min(dashes.Length, most);
        for (int mask = 1; mask < 1 << used; mask++)
        {
            char[] variant = name.ToCharArray();
            for (int i = 0; i < used; i++)
            {
                variant[dashes[i]] = (mask >> i & 1) != 0 ? '_' : '-';
            }

            yield return new string(variant);
        }
    }

    private static string? Server(Route route) => route.Proxy?.Upstream.Servers is [var only] ? only.Address.HostPort : null;

    private static SourceSpan Place(Site site, Route route, string name, Field headers, Field direction)
    {
        bool request = direction == HeadersFields.Request;
        HeaderEdits own = request ? route.Headers.Request : route.Headers.Response;
        HeaderEdits all = request ? site.Headers.Request : site.Headers.Response;
        return own.Names.Contains(name, StringComparer.OrdinalIgnoreCase) ? own.At.Span
            : all.Names.Contains(name, StringComparer.OrdinalIgnoreCase) ? all.At.Span
            : site.At.Of(headers);
    }

    // A field without a value isn't sent; a list of values was refused where it is written.
    private FieldView Field(HeaderEdit edit, string? server, SourceSpan at) =>
        new(TraefikQuoting.Scalar(edit.Name), TraefikQuoting.Scalar(edit.Values is [] ? "" : texts.Fixed(edit.Values[^1], at, server)));

    private static CorsView Of(Cors cors) =>
        new(
            [.. cors.Origins.Select(TraefikQuoting.Scalar)],
            [.. cors.Methods.Select(TraefikQuoting.Scalar)],
            [.. cors.Headers.Select(TraefikQuoting.Scalar)],
            [.. cors.ExposeHeaders.Select(TraefikQuoting.Scalar)],
            cors.Credentials,
            cors.MaxAge is { } age ? (long)age.TotalSeconds : null,
            !cors.AnyOrigin || cors.Credentials
        );
}
