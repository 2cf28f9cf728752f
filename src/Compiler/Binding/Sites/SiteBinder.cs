using Confgen.Compiler.Binding.Advising;
using Confgen.Compiler.Binding.Routes;
using Confgen.Compiler.Schema;
using Confgen.Compiler.Syntax;
using Confgen.Model.Diagnostics;
using Confgen.Model.Routes;
using Confgen.Model.Sites;
using Confgen.Model;

namespace Confgen.Compiler.Binding.Sites;

/// <summary>Binds a site: one with a list of routes, or one that carries its only route itself.</summary>
internal static class SiteBinder
{
    public static readonly Rule RouteFieldInSite = new("CFG0138", "route-field-in-site", Severity.Error, "A route's field in a site that has a list of routes")
    {
        Why = "A site carries a route's fields itself only where that route is its only one. With `routes:`, move the field into the routes that need it.",
        Bad = "sites:\n  - host: a.example.com\n    sse: true\n    routes:\n      - { path: /, proxy: \"http://127.0.0.1:3000\" }\n",
        Good = "sites:\n  - host: a.example.com\n    routes:\n      - { path: /, sse: true, proxy: \"http://127.0.0.1:3000\" }\n",
    };

    public static readonly Rule NeedsTls = new("CFG0139", "needs-tls", Severity.Error, "A field that only a site with TLS has")
    {
        Why = "Redirecting to https, HSTS, HTTP/2 and HTTP/3 towards browsers need TLS, and this site has none.",
        Bad = "sites:\n  - { host: a.example.com, http3: true, proxy: \"http://127.0.0.1:3000\" }\n",
        Good = "sites:\n  - { host: a.example.com, tls: internal, hsts: {}, http3: true, proxy: \"http://127.0.0.1:3000\" }\n",
    };

    // A site's own where a route has a field of the same name.
    private static readonly string[] _ofSite = ["host", "headers", "log"];

    public static readonly ObjectSchema Schema = new(
        "site",
        "What answers for one or several hosts. A site whose only route is `/` may carry that route's fields itself.",
        [
            new("host", new TypeSchema.ListOf(TypeSchema.HostPattern, AllowSingle: true) { NotEmpty = true }, "The host or hosts: a name, `*.example.com` for one label, or `_` for every other host.") { Required = true, Example = "chat.example.com" },
            new("listen", new TypeSchema.ListOf(TypeSchema.Listener, AllowSingle: true) { NotEmpty = true }, "Ports, addresses with a port, or `unix:` sockets.") { Default = "443 with TLS, 80 without", Example = "[443, 8448]" },
            new("tls", SiteTlsBinder.Type, "`auto` (ACME), `internal` (self-signed, for development), `off`, or a map with files.") { Default = "off" },
            new("redirect_http", RedirectHttpBinder.Type, "How plain HTTP requests are sent to https: `true`, `false`, a status, or a map.") { Default = "true with TLS" },
            new("hsts", HstsBinder.Type, "Strict-Transport-Security: `true`, or a map.") { Default = "false" },
            new("http2", TypeSchema.Boolean, "Whether HTTP/2 is offered.") { Default = "true with TLS" },
            new("http3", TypeSchema.Boolean, "Whether HTTP/3 is offered; needs TLS.") { Default = "false" },
            new("compress", CompressBinder.Type, "Content codings, the preferred first: text, JSON, JavaScript, XML, SVG and WASM from 512 bytes on; never an event stream or an encoded body.") { Example = "[zstd, br, gzip]" },
            new("log", LogBinder.Type, "The access log; the program's own unless written.") { Example = "json" },
            new("headers", new TypeSchema.Fields(() => HeaderEditsBinder.Schema), "Header rules of every route; the routes' own apply after them."),
            new("limits", new TypeSchema.Fields(() => LimitsBinder.Schema), "Limits on what is read from a client."),
            new("routes", new TypeSchema.ListOf(new TypeSchema.Fields(() => RouteBinder.Schema)) { NotEmpty = true }, "The routes. `exact` goes first, then `regex` in the order written, then the longest `path`."),
            .. Inherited.OfSite,
        ])
    {
        Beside = () => RouteBinder.Schema,
        OneIsRequired = ["routes", "proxy", "respond", "files", "redirect"],
        NotBeside = [("routes", [.. RouteBinder.Schema.Fields.Select(f => f.Name).Except(_ofSite, StringComparer.Ordinal).Except(Inherited.OfSite.Select(f => f.Name), StringComparer.Ordinal)])],
        Needs = [("http3=true", "tls"), ("hsts=true", "tls"), ("redirect_http=true", "tls")],
    };

    public static Site Bind(BindingContext c, SyntaxNode node, Inherited defaults, Limits limits)
    {
        ObjectReader o = ObjectReader.Open(c, node, Schema, RouteBinder.Schema);
        SiteTls? tls = SiteTlsBinder.Bind(c, o.Get("tls"));
        bool written = o.Has("tls") && tls is null;
        CheckTls(c, o, tls, written);
        o.NotEmpty("host", "name the host; '_' is every other host");
        o.NotEmpty("listen", "leave it out for the default port");
        Inherited inherited = defaults.Bind(c, o, guards: true);
        var site = new Site
        {
            At = o.Source,
            Hosts = o.List("host", n => HostReader.Pattern(c, n)),
            Listen = o.Has("listen") ? o.List("listen", n => ListenReader.Bind(c, n)) : [new ListenAddress { Port = tls is null ? 80 : 443 }],
            Tls = tls,
            RedirectHttp = RedirectHttpBinder.Bind(c, o.Get("redirect_http"), tls is not null),
            Hsts = HstsBinder.Bind(c, o.Get("hsts")),
            Http2 = o.Boolean("http2", fallback: tls is not null),
            Http3 = o.Boolean("http3", fallback: false),
            Compress = o.Values("compress", n => ScalarReader.Word(c, n, CompressBinder.Codings, CompressBinder.Suggest)),
            Log = LogBinder.Bind(c, o.Get("log")),
            Headers = HeaderEditsBinder.Bind(c, o.Get("headers")),
            Limits = LimitsBinder.Bind(c, o.Get("limits"), limits),
            Routes = o.Has("routes") ? BindRoutes(c, o, node, inherited) : BindOnly(c, o, node, inherited),
        };
        return c.Written(site);
    }

    private static ValueList<Route> BindOnly(BindingContext c, ObjectReader o, SyntaxNode node, Inherited inherited) =>
        node is MapSyntax && !o.Meant("routes") && RouteBinder.BindShort(c, node, inherited) is { } route ? [route] : [];

    private static ValueList<Route> BindRoutes(BindingContext c, ObjectReader o, SyntaxNode node, Inherited inherited)
    {
        foreach (EntrySyntax entry in node is MapSyntax map ? map.Entries : [])
        {
            string key = entry.Key.Value;
            if (Schema.Find(key) is null && RouteBinder.Schema.Find(key) is not null)
            {
                c.Diagnostics.Report(RouteFieldInSite, entry.Key.Span, $"'{key}' belongs to a route", MoveToRoute.Advise(c, (MapSyntax)node, entry));
            }
        }

        if (o.Get("routes") is ListSyntax { Items.Count: 0 } empty)
        {
            c.Diagnostics.Report(ValueRules.BadValue, empty.Span, "a site without a route answers everything with 404", "add '- { path: /, proxy: ... }'");
        }

        return o.List("routes", n => RouteBinder.Bind(c, n, inherited));
    }

    private static void CheckTls(BindingContext c, ObjectReader o, SiteTls? tls, bool refused)
    {
        string[] fields = tls is not null ? [] : [.. new[] { "redirect_http", "hsts", "http3" }.Where(f => o.Has(f) && o.Get(f) is not ScalarSyntax { Value: "false" or "off" or "no" })];
        foreach (string field in fields)
        {
            c.Diagnostics.Report(NeedsTls, o.KeySpan(field), $"'{field}' in a site without TLS", refused ? "'tls' is off here" : "add 'tls: auto', 'tls: internal' or 'tls: { cert: ..., key: ... }'");
        }
    }
}
