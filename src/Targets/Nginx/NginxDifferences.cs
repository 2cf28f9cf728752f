using Confgen.Compiler.Language;
using Confgen.Compiler.Rendering;
using Confgen.Targets.Nginx.Building;

namespace Confgen.Targets.Nginx;

/// <summary>What nginx does otherwise than the contract, or can't, where that depends on several fields or is found while it is
/// rendered.</summary>
internal static class NginxDifferences
{
    public static readonly Capability Tunnel = new(
        RouteFields.Proxy,
        Support.Approximate,
        "the request goes to the entry of V2Ray's portal, to be run beside nginx; while no bridge is connected it ends with 502 instead "
            + "of 503"
    )
    {
        Condition = "with a tunnel",
    };
    public static readonly Capability AddedParameter = new(
        HeaderRulesFields.Add,
        Support.Unsupported,
        "write `set`: nginx can't join a further line to the field that a script gets"
    )
    {
        Condition = "to requests for FastCGI servers",
    };
    public static readonly Capability NoCoding = new(
        SiteFields.Compress,
        Support.Unsupported,
        "write `gzip`, or say under targets.nginx.modules that this nginx has the module"
    )
    {
        Condition = "by codings of modules alone",
    };
    public static readonly Capability FewerCodings = new(
        SiteFields.Compress,
        Support.Approximate,
        "stock nginx compresses by gzip alone; br and zstd are modules, to be named under targets.nginx.modules"
    )
    {
        Condition = "with `br` or `zstd`",
    };
    public static readonly Capability NoPrecompressed = new(
        FilesFields.Precompressed,
        Support.Unsupported,
        "write `gzip`, or say under targets.nginx.modules that this nginx has the module"
    )
    {
        Condition = "with `br` or `zstd`",
    };
    public static readonly Capability NoPrecompressedFirst = NoPrecompressed with { Field = FilesFirstFields.Precompressed.Id };
    public static readonly Capability NoServerHeader = new(
        HeaderRulesFields.Remove,
        Support.Unsupported,
        "leave it out: nginx always sends these"
    )
    {
        Condition = "with Date or Content-Type",
    };
    public static readonly Capability ServerStays = new(
        HeaderRulesFields.Remove,
        Support.Approximate,
        "nginx always sends `Server: nginx`, without its version; the headers-more module, named under targets.nginx.modules, removes it"
    )
    {
        Condition = "with Server",
    };
    public static readonly Capability NoServerSet = new(
        HeaderRulesFields.Set,
        Support.Unsupported,
        "nginx sends its own beside it; with the headers-more module, named under targets.nginx.modules, Server can be set"
    )
    {
        Condition = "with Server or Date",
    };
    public static readonly Capability OneLine = new(
        HeaderRulesFields.Add,
        Support.Approximate,
        "of several lines that the client sends, nginx before 1.23 keeps the first; later ones join them"
    )
    {
        Condition = "on a request",
    };
    public static readonly Capability HostOfMany = new(
        RouteFields.Host,
        Support.Unsupported,
        "nginx sets one Host for all servers of an upstream: write it out, or give the upstream one server"
    )
    {
        Condition = "`upstream` with several servers",
    };
    public static readonly Capability RewriteOverHttp2 = new(
        RouteFields.Proxy,
        Support.Unsupported,
        "grpc_pass sends the client's target as it is; let the upstream strip, or use nginx 1.29.4"
    )
    {
        Condition = "over h2c in a route that rewrites",
        Versions = new VersionRange(Until: NginxFeatures.Http2Proxy.Since),
    };
    public static readonly Capability AddressesOverHttp2 = new(
        RouteFields.RewriteResponse,
        Support.Unsupported,
        "grpc_pass leaves the fields of responses as they are; let the upstream write its public URL, or use nginx 1.29.4"
    )
    {
        Condition = "over h2c",
        Versions = new VersionRange(Until: NginxFeatures.Http2Proxy.Since),
    };
    public static readonly Capability OwnPrefix = new(
        RouteFields.RewriteResponse,
        Support.Approximate,
        "an absolute URL of the site's own host whose path is the new prefix itself, without a slash behind it, keeps its path"
    )
    {
        Condition = "`auto` with `replace_prefix` or `add_prefix`",
    };
    public static readonly Capability Http2Upstream = new(
        ServerFields.Url,
        Support.Approximate,
        "nginx before 1.29.4 speaks HTTP/2 to gRPC servers alone: other responses need a grpc-status, and bodies are buffered as gRPC's"
    )
    {
        Condition = "with `h2c://`",
        Versions = new VersionRange(Until: NginxFeatures.Http2Proxy.Since),
    };
    public static readonly Capability NameOnce = new(
        ServerFields.Url,
        Support.Approximate,
        "the name is resolved once, when nginx starts, and nginx doesn't start where it can't be: give DNS servers under "
            + "targets.nginx.resolver"
    )
    {
        Condition = "with a host name and no resolver",
    };
    public static readonly Capability NamesOnce = new(
        ServerFields.Url,
        Support.Approximate,
        "before 1.27.3 names of upstreams with several servers, or with options, are resolved once, when nginx starts"
    )
    {
        Condition = "with a host name among several servers",
        Versions = new VersionRange(Until: NginxFeatures.Discovery.Since),
    };
    public static readonly Capability VerifiedAddress = new(
        ServerFields.Url,
        Support.Unsupported,
        "nginx compares a certificate with names alone: give tls.server_name, or tls.verify: false"
    )
    {
        Condition = "with `https://`, an IP address and no tls.server_name",
    };
    public static readonly Capability VerifiedNames = new(
        UpstreamTlsFields.ServerName,
        Support.Unsupported,
        "nginx verifies one name for all servers of an upstream: give tls.server_name"
    )
    {
        Condition = "left out with several hosts",
    };
    public static readonly Capability UnverifiedNames = new(
        UpstreamTlsFields.ServerName,
        Support.Approximate,
        "nginx sends one name in SNI to all servers of an upstream, the first one's: give tls.server_name"
    )
    {
        Condition = "left out with several hosts and `verify: false`",
    };
    public static readonly Capability BackupOfHash = new(
        ServerFields.Backup,
        Support.Unsupported,
        "nginx has no backups with a hash or at random: use round_robin, least_conn or first"
    )
    {
        Condition = "with this balance",
    };
    public static readonly Capability BackupOfCookie = new(
        ServerFields.Backup,
        Support.Unsupported,
        "before 1.29.6 nginx has no backups with sticky sessions: leave `backup` out, or use round_robin, least_conn or first"
    )
    {
        Condition = "with a cookie's balance",
        Versions = new VersionRange(Until: NginxFeatures.StickySessions.Since),
    };
    public static readonly Capability SameVariable = new(
        ForwardAuthFields.CopyHeaders,
        Support.Unsupported,
        "nginx reads both by one variable: let the auth server send one of them under another name"
    )
    {
        Condition = "with two names that differ in '-' and '_' alone",
    };
    public static readonly Capability No499 = new(
        ErrorsFields.Intercept,
        Support.Approximate,
        "nginx has no page for 499: the upstream's own 499 passes"
    )
    {
        Condition = "with 499",
    };
    public static readonly Capability DiscoverWithout = new(
        UpstreamFields.Discover,
        Support.Unsupported,
        "give DNS servers under targets.nginx.resolver"
    )
    {
        Condition = "without a resolver",
    };
    public static readonly Capability MixedVersions = new(
        TlsFields.MinVersion,
        Support.Unsupported,
        "nginx takes the first site's for all of a listener: give its sites the same"
    )
    {
        Condition = "that differs between sites of one listener",
    };
    public static readonly Capability MixedHttp2 = new(
        SiteFields.Http2,
        Support.Approximate,
        "before 1.25.1 HTTP/2 belongs to the listener: it is offered for all of its sites"
    )
    {
        Condition = "that differs between sites of one listener",
        Versions = new VersionRange(Until: new TargetVersion(1, 25, 1)),
    };
    public static readonly Capability MixedHeads = new(
        LimitsFields.Head,
        Support.Approximate,
        "of a plain listener's sites nginx takes the first one's limit for the request line"
    )
    {
        Condition = "that differs between sites of one listener",
    };
    public static readonly Capability InterceptsMore = new(
        ErrorsFields.Intercept,
        Support.Approximate,
        "nginx can't tell its own 502, 503 and 504 from the upstream's: both get the page"
    )
    {
        Condition = "without statuses that have a page",
    };

    // An empty page would take the place of the upstream's response as well, which says more than nginx's.
    public static readonly Capability OwnPageLeft = new(
        ErrorsFields.Intercept,
        Support.Approximate,
        "nginx's own 502, 503 and 504 have its HTML page instead of an empty body"
    )
    {
        Condition = "beside 502, 503 or 504 that neither have a page nor are intercepted",
    };
}
