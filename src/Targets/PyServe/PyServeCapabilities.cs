using Confgen.Compiler.Language;
using Confgen.Compiler.Rendering;
using Confgen.Targets.Raw;
using static Confgen.Compiler.Rendering.Capability;

namespace Confgen.Targets.PyServe;

/// <summary>What PyServe honours of each field. All of it was tried on 0.5.0; 0.4.1 and 0.4.2 differ where a version is named.</summary>
internal static partial class PyServeCapabilities
{
    private const string OwnLines =
        "PyServe writes lines of its own about each request; 0.5.0 does so whatever its configuration says, and on standard output";

    // These depend on several nodes; PyServeCheck reports them.
    public static readonly Capability OneSite = new(
        SpecFields.Sites,
        Support.Unsupported,
        "keep one site with `host: _`: PyServe has one listener and doesn't look at the host"
    )
    {
        Condition = "other than one",
    };

    public static readonly Capability ImplicitRedirect = new(
        SiteFields.Tls,
        Support.Unsupported,
        "add `redirect_http: false`: PyServe has one listener, so plain requests need another program"
    )
    {
        Condition = "with the redirect from port 80 that it brings",
    };

    public static readonly Capability OnlyHttp = new(ServerFields.Url, Support.Unsupported, "an http:// or https:// server")
    {
        Condition = "of a socket or with h2c",
    };

    public static readonly Capability RedirectBehindRule = new(
        RouteFields.Redirect,
        Support.Unsupported,
        "PyServe asks its rules before its redirects: redirect in the application, or move the route that takes this path"
    )
    {
        Condition = "of a path that a proxied route takes",
    };

    public static readonly Capability OpenFileSystem = new(
        SiteFields.Routes,
        Support.Unsupported,
        "add a route `path: /`, or render for 0.5: before it PyServe sends any file of its machine to who asks for `/../`, and that can't "
            + "be switched off"
    )
    {
        Condition = "without one for `/`",
        Versions = new VersionRange(Until: PyServeTarget.Extensions),
    };

    /// <summary>The table.</summary>
    public static CapabilityTable Table { get; } =
        new(
            [
                .. Elsewhere([SpecFields.Acme, .. AcmeFields.All]),
                .. RawCapabilities.Of("pyserve"),
                .. Partly(),
                .. Never(),
                .. NoStreams(),
                .. Always(),
            ],
            new ProgramNote(
                VersionRange.All,
                "a request is cut after 4096 bytes, head and body together; query values that are empty are dropped; of several "
                    + "Set-Cookie lines only the last reaches the client (seen on 0.5.0)",
                LosesData: true
            ),
            new ProgramNote(
                VersionRange.All,
                "the upstream sees its own address as Host, X-Forwarded-For as the client sent it or 'unknown', and X-Forwarded-Proto of "
                    + "the upstream's connection (seen on 0.5.0)"
            ),
            new ProgramNote(
                VersionRange.All,
                "HTTP/1.1 alone, a connection for each request; a response is held until it is complete, and given up after 30 s (seen on "
                    + "0.5.0)"
            ),
            new ProgramNote(
                VersionRange.All,
                "errors have HTML pages as bodies, and a target with `..` is answered with 502, before 0.5 it is passed on"
            )
        );

    private static IEnumerable<Capability> NoStreams() =>
        Unsupported(
            "PyServe passes on HTTP alone: build for nginx or HAProxy, or run `confgen serve`",
            [SpecFields.Streams, .. StreamFields.All]
        );

    private static IEnumerable<Capability> Always() =>
        Exact([
            SpecFields.Version,
            SpecFields.Include,
            .. IncludeFields.Schema.Fields,
            SpecFields.Defaults,
            SpecFields.Fragments,
            FragmentFields.Use,
            SpecFields.Upstreams,
            SpecFields.Sites,
            SpecFields.Tunnels,
            SpecFields.Targets,
            SpecFields.Lint,
            SpecFields.Tests,
            TunnelFields.Portal,
            TunnelFields.Bridge,
            TunnelFields.Domain,
            TunnelFields.Secret,
            TunnelFields.Id,
            PortalFields.Listen,
            PortalFields.Public,
            BridgeFields.Forward,
            BridgeFields.Connections,
            BridgeFields.Ca,
            PortalFields.Entry,
            PortalFields.Tls,
            PortalTlsFields.Cert,
            PortalTlsFields.Key,
            .. TestFields.Methods,
            TestFields.Request,
            TestFields.Method,
            TestFields.Headers,
            TestFields.From,
            TestFields.Body,
            TestFields.Expect,
            ExpectFields.Status,
            ExpectFields.Upstream,
            ExpectFields.Target,
            ExpectFields.Route,
            ExpectFields.Location,
            ExpectFields.Headers,
            ExpectFields.UpstreamHeaders,
            UpstreamFields.Servers,
            UpstreamFields.Keepalive,
            UpstreamFields.Tls,
            UpstreamFields.Buffers,
            ServerFields.Url,
            ServerFields.Weight,
            ServerFields.MaxConns,
            ServerFields.Down,
            BalanceFields.Header,
            UpstreamTlsFields.Verify,
            SiteFields.Host,
            SiteFields.Listen,
            SiteFields.Tls,
            SiteFields.RedirectHttp,
            SiteFields.Http2,
            SiteFields.Http3,
            SiteFields.Compress,
            SiteFields.Log,
            SiteFields.Limits,
            SiteFields.Routes,
            TlsFields.Cert,
            TlsFields.Key,
            TlsFields.MinVersion,
            LogFields.Output,
            RouteFields.Path,
            RouteFields.Exact,
            RouteFields.Proxy,
            RouteFields.Sse,
            RouteFields.StripPrefix,
            RouteFields.Host,
            RouteFields.Transparent,
            RouteFields.RewriteResponse,
            RouteFields.Timeouts,
            TimeoutsFields.Connect,
            RedirectFields.To,
            RedirectFields.Status,
        ]);
}
