using Confgen.Compiler.Schema;
using Confgen.Model.Sites;

namespace Confgen.Compiler.Language;

/// <summary>The fields of <c>site</c>.</summary>
public static class SiteFields
{
    /// <summary>The content codings by their registered names.</summary>
    public static readonly IReadOnlyList<(string Word, ContentCoding Value)> Codings =
    [
        ("zstd", ContentCoding.Zstd),
        ("br", ContentCoding.Brotli),
        ("gzip", ContentCoding.Gzip),
    ];

    private static readonly TypeSchema _codings = new TypeSchema.ListOf(
        new TypeSchema.Choice([.. Codings.Select(c => c.Word)]),
        AllowSingle: true
    );

    public static readonly Field Host = new(
        "host",
        new TypeSchema.ListOf(TypeSchema.HostPattern, AllowSingle: true) { NotEmpty = true },
        "The host or hosts: a name, `*.example.com` for one label, `app.*` for any last labels, or `_` for every other host."
    )
    {
        Required = true,
        Example = "chat.example.com",
    };

    public static readonly Field Listen = new(
        "listen",
        new TypeSchema.ListOf(TypeSchema.Listener, AllowSingle: true) { NotEmpty = true },
        "Ports, addresses with a port, or `unix:` sockets."
    )
    {
        Default = "443 with TLS, 80 without",
        Example = "[443, 8448]",
    };

    public static readonly Field Tls = new(
        "tls",
        TlsFields.Type,
        "`auto` (ACME), `internal` (self-signed, for development), `off`, or a map with files."
    )
    {
        Default = "off",
    };

    public static readonly Field RedirectHttp = new(
        "redirect_http",
        RedirectHttpFields.Type,
        "How plain HTTP requests are sent to https: `true`, `false`, a status, or a map."
    )
    {
        Default = "true with TLS",
    };

    public static readonly Field Hsts = new("hsts", HstsFields.Type, "Strict-Transport-Security: `true`, or a map.") { Default = "false" };

    public static readonly Field Http2 = new("http2", TypeSchema.Boolean, "Whether HTTP/2 is offered.") { Default = "true with TLS" };

    public static readonly BooleanField Http3 = new("http3", "Whether HTTP/3 is offered; needs TLS.", false);

    public static readonly Field Compress = new(
        "compress",
        _codings,
        "Content codings, the preferred first: text, JSON, JavaScript, XML, SVG and WASM from 512 bytes on; never an "
            + "event stream or an encoded body."
    )
    {
        Example = "[zstd, br, gzip]",
    };

    public static readonly Field Log = new("log", LogFields.Type, "The access log; the program's own unless written.") { Example = "json" };

    public static readonly Field Headers = new(
        "headers",
        new TypeSchema.Fields(() => HeadersFields.Schema),
        "Header rules of every route; the routes' own apply after them."
    );

    public static readonly Field Limits = new(
        "limits",
        new TypeSchema.Fields(() => LimitsFields.Schema),
        "Limits on what is read from a client."
    );

    public static readonly Field Raw = new(
        "raw",
        new TypeSchema.Fields(() => RawFields.Schema),
        "Lines for single programs, in the site's own block."
    );

    public static readonly Field Routes = new(
        "routes",
        new TypeSchema.ListOf(new TypeSchema.Fields(() => RouteFields.Schema)) { NotEmpty = true },
        "The routes. `exact` goes first, then `regex` in the order written, then the longest `path`."
    );

    private static readonly Field[] _own = [Listen, Tls, RedirectHttp, Hsts, Http2, Http3, Compress, Log, Headers];

    /// <summary>The fields that a site has of the defaults as a whole where it doesn't write them itself.</summary>
    public static readonly IReadOnlyList<Field> OfDefaults = [.. _own, .. RouteFields.OfSite.Except(RouteFields.Everywhere)];

    /// <summary>Those of them that mean nothing to a site without TLS.</summary>
    public static readonly IReadOnlyList<Field> OfTls = [RedirectHttp, Hsts, Http3];

    public static readonly ObjectSchema Schema = new(
        "site",
        "What answers for one or several hosts. A site whose only route is `/` may carry that route's fields itself.",
        [Host, .. _own, Limits, Raw, FragmentFields.Use, Routes, .. RouteFields.OfSite]
    )
    {
        Beside = () => RouteFields.Schema,
        OneIsRequired = ["routes", "proxy", "respond", "files", "redirect", "fastcgi"],

        // Beside a list of routes stand only those that routes inherit, and the site's own of the same name.
        NotBeside =
        [
            (
                "routes",
                [
                    .. RouteFields
                        .Schema.Fields.Except(RouteFields.OfSite)
                        .Select(f => f.Name)
                        .Except([Host.Name, Headers.Name, Log.Name, Raw.Name, FragmentFields.Use.Name]),
                ]
            ),
        ],
        Needs = [("http3=true", "tls"), ("hsts=true", "tls"), ("redirect_http=true", "tls")],

        // Beside a list of routes the fields of a route are defaults that each may override.
        Refuses =
        [
            HeaderRulesFields.Twice("hsts", "strict-transport-security"),
            .. RouteExclusions.HeadersTwice.Select(shape => new Shape.All(new Shape.Without("routes"), shape)),
        ],
    };
}
