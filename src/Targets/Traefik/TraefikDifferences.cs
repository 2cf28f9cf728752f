using Confgen.Compiler.Language;
using Confgen.Compiler.Rendering;

namespace Confgen.Targets.Traefik;

/// <summary>What Traefik does otherwise than the contract, or can't, where that depends on several fields.</summary>
internal static class TraefikDifferences
{
    public static readonly Capability DeniedBehindProxies = new(
        RouteFields.Deny,
        Support.Unsupported,
        "Traefik's rules see the peer's address alone: deny at the proxy in front, or write `allow`"
    )
    {
        Condition = "with trusted_proxies",
    };

    public static readonly Capability AllowedBehindProxies = new(
        RouteFields.Allow,
        Support.Approximate,
        "clients that come without a trusted proxy get 403, whatever their address"
    )
    {
        Condition = "with trusted_proxies",
    };

    public static readonly Capability ClientBehindProxies = new(
        MatchFields.Client,
        Support.Unsupported,
        "Traefik's rules see the peer's address alone: choose by a field that the proxy in front sets"
    )
    {
        Condition = "with trusted_proxies",
    };

    public static readonly Capability AskedBehindProxies = new(
        RouteFields.ForwardAuth,
        Support.Approximate,
        "the auth server is told the peer's address, scheme and host, and not what a trusted proxy says of them"
    )
    {
        Condition = "with trusted_proxies",
    };

    public static readonly Capability HashedBehindProxies = new(
        UpstreamFields.Balance,
        Support.Approximate,
        "the peer's address is hashed, and not what a trusted proxy says"
    )
    {
        Condition = "by `ip_hash` with trusted_proxies",
    };

    public static readonly Capability OtherHandshakes = new(
        SiteFields.Tls,
        Support.Unsupported,
        "Traefik has one set of TLS options for all names that no `Host` rule has: give these sites the same min_version, ciphers, "
            + "client_ca "
            + "and http2, or write their hosts without a star"
    )
    {
        Condition = "of several sites with stars or `_`, whose handshakes differ",
    };

    public static readonly Capability WildcardByAcme = new(
        SiteFields.Tls,
        Support.Unsupported,
        "a certificate for a star needs a DNS challenge, which is the provider's: give `cert` and `key`, or write the hosts out"
    )
    {
        Condition = "`auto` for a host with a star, or `_`",
    };

    public static readonly Capability FilesInLabels = new(
        SiteFields.Tls,
        Support.Unsupported,
        "labels have neither certificates nor TLS options: write `tls: auto`, or build files"
    )
    {
        Condition = "from files, or with min_version, ciphers, client_ca or `http2: false`, in labels",
    };

    public static readonly Capability SeveralLogs = new(
        SiteFields.Log,
        Support.Unsupported,
        "Traefik has one access log: write the same format and output on all sites, or `off`"
    )
    {
        Condition = "that differs from that of another site or route",
    };

    public static readonly Capability SeveralRouteLogs = SeveralLogs with { Field = RouteFields.Log.Id };

    public static readonly Capability PartlyLogged = new(
        SiteFields.Log,
        Support.Approximate,
        "before 3.3 every request of every site is logged"
    )
    {
        Condition = "of some sites or routes alone",
        Versions = new VersionRange(Until: TraefikVersions.KeepsLocation),
    };

    public static readonly Capability MixedHeads = new(
        LimitsFields.Head,
        Support.Approximate,
        "the highest limit holds for all sites of the listener"
    )
    {
        Condition = "that differs between sites of one listener",
    };

    public static readonly Capability SharedHttp3 = new(SiteFields.Http3, Support.Approximate, "it is offered on the whole listener")
    {
        Condition = "`true` beside sites without it",
    };
}
