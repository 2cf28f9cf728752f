using Confgen.Compiler.Binding.Advising;
using Confgen.Compiler.Binding.Routes;
using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Compiler.Syntax;
using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Routes;
using Confgen.Model.Sites;

namespace Confgen.Compiler.Binding.Sites;

/// <summary>Binds a site: one with a list of routes, or one that carries its only route itself.</summary>
internal static class SiteBinder
{
    public static readonly Rule RouteFieldInSite = new(
        "CFG0138",
        "route-field-in-site",
        Severity.Error,
        "A route's field in a site that has a list of routes"
    )
    {
        Why =
            "A site carries a route's fields itself only where that route is its only one. With `routes:`, move the field into the routes "
            + "that need it.",
        Bad = "sites:\n  - host: a.example.com\n    sse: true\n    routes:\n      - { path: /, proxy: \"http://127.0.0.1:3000\" }\n",
        Good = "sites:\n  - host: a.example.com\n    routes:\n      - { path: /, sse: true, proxy: \"http://127.0.0.1:3000\" }\n",
    };

    public static readonly Rule NeedsTls = new("CFG0139", "needs-tls", Severity.Error, "A field that only a site with TLS has")
    {
        Why = "Redirecting to https, HSTS, HTTP/2 and HTTP/3 towards browsers need TLS, and this site has none.",
        Bad = "sites:\n  - { host: a.example.com, http3: true, proxy: \"http://127.0.0.1:3000\" }\n",
        Good = "sites:\n  - { host: a.example.com, tls: internal, hsts: {}, http3: true, proxy: \"http://127.0.0.1:3000\" }\n",
    };

    /// <summary>
    /// Reports what is wrong with the defaults, also with those that no site has: a site without fields of its own has all.
    /// </summary>
    public static void CheckDefaults(BindingContext c, ObjectReader defaults, Inherited inherited, Limits limits)
    {
        Model.Sources.SourceSpan span = defaults.Node.Span;
        EntrySyntax Entry(Field field, string value) =>
            new(new ScalarSyntax(field.Name, isQuoted: false, span), new ScalarSyntax(value, isQuoted: true, span));

        var site = new MapSyntax([Entry(SiteFields.Host, "_"), Entry(RouteFields.Respond, "ok")], span);
        Bind(c, site, defaults, inherited, limits);
    }

    /// <summary>Binds a site.</summary>
    /// <param name="c">The binding under way.</param>
    /// <param name="node">The site.</param>
    /// <param name="defaults">The defaults as they are written; null where there are none.</param>
    /// <param name="inherited">The values of those that are filled in field by field.</param>
    /// <param name="limits">Those of <c>limits</c>.</param>
    public static Site Bind(BindingContext c, SyntaxNode node, ObjectReader? defaults, Inherited inherited, Limits limits)
    {
        ObjectReader o = ObjectReader.Open(c, node, SiteFields.Schema, RouteFields.Schema);
        if (defaults is not null && node is MapSyntax)
        {
            o.Inherit(defaults, SiteFields.OfDefaults.Except(SiteFields.OfTls));
            o.Inherit(defaults, o.Get(SiteFields.Tls) is null or ScalarSyntax { Value: "off" or "false" or "no" } ? [] : SiteFields.OfTls);
        }

        SiteTls? tls = SiteTlsBinder.Bind(c, o.Get(SiteFields.Tls));
        bool isOff = o.Get(SiteFields.Tls) is ScalarSyntax { Value: "off" or "false" or "no" or "none" };
        if (tls is null && (isOff || !o.Has(SiteFields.Tls)))
        {
            CheckTls(c, o, isOff);
        }

        o.NotEmpty(SiteFields.Host, "name the host; '_' is every other host");
        o.NotEmpty(SiteFields.Listen, "leave it out for the default port");
        Inherited own = inherited.Bind(c, o, guards: true);
        var site = new Site
        {
            At = o.Source,
            Hosts = o.List(SiteFields.Host, n => HostReader.Pattern(c, n)),
            Listen = o.Has(SiteFields.Listen)
                ? o.List(SiteFields.Listen, n => ListenReader.Bind(c, n))
                : [new ListenAddress { Port = tls is null ? 80 : 443 }],
            Tls = tls,
            RedirectHttp = RedirectHttpBinder.Bind(c, o.Get(SiteFields.RedirectHttp), tls is not null),
            Hsts = HstsBinder.Bind(c, o.Get(SiteFields.Hsts)),
            Http2 = o.Boolean(SiteFields.Http2, fallback: tls is not null),
            Http3 = o.Read(SiteFields.Http3),
            Compress = o.Values(SiteFields.Compress, n => ScalarReader.Word(c, n, SiteFields.Codings, CompressBinder.Suggest)),
            Log = LogBinder.Bind(c, o.Get(SiteFields.Log)),
            Headers = HeaderEditsBinder.Bind(c, o.Get(SiteFields.Headers)),
            Limits = LimitsBinder.Bind(c, o.Get(SiteFields.Limits), limits),
            Raw = RawBinder.Bind(c, o.Get(SiteFields.Raw)),
            Routes = o.Has(SiteFields.Routes) ? BindRoutes(c, o, node, own) : BindOnly(c, o, node, own),
        };
        GroupBinder.Refuse(c, site.Headers);
        return c.Written(site);
    }

    private static ValueList<Route> BindOnly(BindingContext c, ObjectReader o, SyntaxNode node, Inherited inherited) =>
        node is MapSyntax && !o.Meant(SiteFields.Routes) && RouteBinder.BindShort(c, node, inherited) is { } route ? [route] : [];

    private static ValueList<Route> BindRoutes(BindingContext c, ObjectReader o, SyntaxNode node, Inherited inherited)
    {
        foreach (EntrySyntax entry in node is MapSyntax map ? map.Entries : [])
        {
            string key = entry.Key.Value;
            if (SiteFields.Schema.Find(key) is null && RouteFields.Schema.Find(key) is not null)
            {
                c.Diagnostics.Report(
                    RouteFieldInSite,
                    entry.Key.Span,
                    $"'{key}' belongs to a route",
                    MoveToRoute.Advise(c, (MapSyntax)node, entry)
                );
            }
        }

        if (o.Get(SiteFields.Routes) is ListSyntax { Items.Count: 0 } empty)
        {
            c.Diagnostics.Report(
                ValueRules.BadValue,
                empty.Span,
                "a site without a route answers everything with 404",
                "add '- { path: /, proxy: ... }'"
            );
        }

        return o.Elements(SiteFields.Routes).SelectMany(n => RouteBinder.Bind(c, n, inherited)).ToValueList();
    }

    private static void CheckTls(BindingContext c, ObjectReader o, bool isOff)
    {
        Field[] fields =
        [
            .. new[] { SiteFields.RedirectHttp, SiteFields.Hsts, SiteFields.Http3 }.Where(f =>
                o.Has(f) && o.Get(f) is not ScalarSyntax { Value: "false" or "off" or "no" }
            ),
        ];
        foreach (Field field in fields)
        {
            c.Diagnostics.Report(
                NeedsTls,
                o.KeySpan(field),
                $"'{field}' in a site without TLS",
                isOff ? "'tls' is off here" : "add 'tls: auto', 'tls: internal' or 'tls: { cert: ..., key: ... }'"
            );
        }
    }
}
