using Confgen.Compiler.Language;
using Confgen.Compiler.Rendering;

namespace Confgen.Targets.Caddy;

/// <summary>What Caddy does otherwise than the contract, or can't, where that depends on several fields.</summary>
internal static class CaddyDifferences
{
    public static readonly TargetVersion NewMatchers = new(2, 8);

    // Of servers that it finds in DNS.
    public static readonly TargetVersion FailuresRemembered = new(2, 11, 2);

    // The encoder is flushed with the response.
    public static readonly TargetVersion FlushesEncoder = new(2, 9);

    public const string JsonFields =
        "Caddy's lines have its own names and units, as `request.uri` for the target, `size` for bytes_out, and no site, route, ttfb, "
        + "upstream or upstream_status; the status is 0 where `respond: close` closed the connection";

    public const string ClientFaults =
        "a request whose body is malformed, or that the client cuts, may count as a failure of the server that it was sent to";

    public const string CompressedHeaders =
        "a response that is not compressed for this client has no Vary, and a compressed one keeps its ETag strong, marked with the "
        + "coding from 2.8 on";

    public const string HeldPieces = "; pieces of a compressed stream are held back until there are enough of them, or until its end";

    public const string FirstDiscovered =
        "`balance: first` gives every request to one server of the lowest priority, chosen anew by weight at each refresh";
    public const string SharedDiscovered = "every other balance gives all servers their share, whatever their priority and weight";

    public static readonly Capability Tunnel = new(
        RouteFields.Proxy,
        Support.Approximate,
        "the request goes to the entry of V2Ray's portal, to be run beside Caddy; while no bridge is connected it ends with 502 instead "
            + "of 503"
    )
    {
        Condition = "with a tunnel",
    };
    public static readonly Capability BackupAmongSeveral = new(
        ServerFields.Backup,
        Support.Unsupported,
        "Caddy has no backups; with one main server they are tried in their order, as `balance: first` does with all"
    )
    {
        Condition = "beside several main servers, or with another balance than round robin",
    };
    public static readonly Capability DifferentMaxConns = new(
        ServerFields.MaxConns,
        Support.Approximate,
        "Caddy has one limit for all servers of an upstream: the highest holds"
    )
    {
        Condition = "that differs between servers",
    };
    public static readonly Capability WeightIgnored = new(
        ServerFields.Weight,
        Support.Approximate,
        "Caddy has weights for round robin and random alone; all servers get the same share"
    )
    {
        Condition = "with this balance",
    };
    public static readonly Capability NoSendLimit = new(
        TimeoutsFields.Send,
        Support.Approximate,
        "Caddy doesn't limit the wait for a server that reads nothing: its limit would cut each upload of known length that takes longer"
    )
    {
        Condition = "without TLS to the upstream",
    };
    public static readonly Capability SocketPeers = new(
        SiteFields.Listen,
        Support.Approximate,
        "a peer on a unix socket has no address: X-Forwarded-For and X-Real-IP are not sent, and its own are not believed"
    )
    {
        Condition = "with a unix socket",
    };
    public static readonly Capability SocketIdle = new(
        RouteFields.WebSocket,
        Support.Approximate,
        "over a unix socket Caddy doesn't limit how long an upgraded connection may idle"
    )
    {
        Condition = "with an upstream on a unix socket",
    };
    public static readonly Capability FailedForRetry = new(
        UpstreamFields.Balance,
        Support.Approximate,
        "so that a retry goes to another server Caddy skips a failed one for a second, and " + ClientFaults
    )
    {
        Condition = "that keeps to a server, with retries",
    };
    public static readonly Capability SocketSilence = new(
        TimeoutsFields.Read,
        Support.Approximate,
        "over HTTP/2 in plain text Caddy can't limit the wait for a response"
    )
    {
        Condition = "with an h2c upstream",
    };
    public static readonly Capability DifferentHeads = new(
        LimitsFields.Head,
        Support.Approximate,
        "the limit belongs to the listener: the highest of its sites holds for all"
    )
    {
        Condition = "that differs between sites of one listener",
    };
    public static readonly Capability DifferentLog = new(
        RouteFields.Log,
        Support.Unsupported,
        "Caddy writes one access log a site: log at the site, and switch it off in routes"
    )
    {
        Condition = "other than the site's",
    };
    public static readonly Capability UnknownName = new(
        SiteFields.Tls,
        Support.Approximate,
        "a handshake that names an unknown host fails; fixed in 2.7"
    )
    {
        Condition = "beside certificates that Caddy gets itself",
        Versions = new VersionRange(Until: new TargetVersion(2, 7)),
    };
    public static readonly Capability ManyNames = new(
        SiteFields.Tls,
        Support.Approximate,
        "a connection that named an unknown host gets 421, as if it had named another site"
    )
    {
        Condition = "on a listener with more than 30 hosts",
    };
    public static readonly Capability HostKeepsCase = new(
        SiteFields.Host,
        Support.Approximate,
        "`{host}` keeps the case in which the client spelled it"
    )
    {
        Condition = "that is a pattern, with `{host}` in a value",
    };
    public static readonly Capability BothStars = new(
        SiteFields.Host,
        Support.Approximate,
        "Caddy puts longer names first: a host that the star in front of another site's name takes as well goes to the site with the star "
            + "at the end"
    )
    {
        Condition = "with a star at the end, beside one in front of a short name",
    };
    public static readonly Capability UnknownOwnHost = new(
        RouteFields.RewriteResponse,
        Support.Approximate,
        "before 2.11 an absolute URL of the site's own host is known by the hosts and ports of the spec: one of a pattern, or with another "
            + "port, is left as it is"
    )
    {
        Condition = "`auto`",
        Versions = new VersionRange(Until: new TargetVersion(2, 11)),
    };
    public static readonly Capability UnloggedHosts = new(
        SiteFields.Log,
        Support.Approximate,
        "a request whose Host is spelled in another case than the site's, or lacks the port of a site on another port than 80 or 443, is "
            + "served without a line in the log"
    )
    {
        Condition = "beside logs at other places, or a site for all other hosts that logs nothing",
    };
    public static readonly Capability IPv6Behind = new(
        SpecFields.TrustedProxies,
        Support.Approximate,
        "before 2.8 Caddy finds the client behind trusted proxies by a regex, which knows an IPv6 block only by its leading groups in "
            + "their shortest spelling"
    )
    {
        Condition = "with IPv6 blocks",
        Versions = new VersionRange(Until: NewMatchers),
    };
}
