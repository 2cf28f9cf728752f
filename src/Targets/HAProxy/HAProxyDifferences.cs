using Confgen.Compiler.Language;
using Confgen.Compiler.Rendering;

namespace Confgen.Targets.HAProxy;

/// <summary>What HAProxy does otherwise than the contract, or can't, where that depends on several fields.</summary>
internal static class HAProxyDifferences
{
    public static readonly Capability HostOfMany = new(
        RouteFields.Host,
        Support.Unsupported,
        "HAProxy sets Host before it chooses a server: write it out, or give the upstream one server"
    )
    {
        Condition = "`upstream` with several servers",
    };

    public static readonly Capability HostOfFound = HostOfMany with { Condition = "`upstream` with `discover`" };

    public static readonly Capability MixedLogs = new(
        LogFields.Format,
        Support.Unsupported,
        "HAProxy writes one log a listener: give its sites and routes the same format and output, or `off`"
    )
    {
        Condition = "that differs between sites or routes of one listener, or goes elsewhere",
    };

    public static readonly Capability VerifiedAddress = new(
        ServerFields.Url,
        Support.Unsupported,
        "HAProxy compares a certificate with names alone: give tls.server_name, or tls.verify: false"
    )
    {
        Condition = "with `https://`, an IP address and no tls.server_name",
    };

    public static readonly Capability NamedServer = new(
        ServerFields.Url,
        Support.Approximate,
        "the name is resolved once, when HAProxy starts"
    )
    {
        Condition = "with a host name",
    };

    /// <summary>HAProxy ends the server's stream as a whole one, and not by a reset, when the client's ends too early.</summary>
    public static readonly Capability CutUploads = new(
        ServerFields.Url,
        Support.Approximate,
        "an upload whose client leaves in the middle can reach the server as a complete one: run 3.2, or speak `http://` to the server; "
            + "one that compares a body with its Content-Length is safe from uploads that have a length"
    )
    {
        Condition = "with `h2c://`",
        Versions = new VersionRange(Until: new TargetVersion(3, 2)),
    };

    public static readonly Capability BackupUnasked = new(
        ServerFields.Backup,
        Support.Unsupported,
        "HAProxy asks a backup where its health checks find all others down: add health.active"
    )
    {
        Condition = "without health.active",
    };

    public static readonly Capability TrailingStar = new(
        SiteFields.Host,
        Support.Approximate,
        "HAProxy finds the certificate by its own names; with client_ca such a site among others gets 421"
    )
    {
        Condition = "with a star at its end, or `_`, beside other sites with TLS",
    };

    public static readonly Capability MixedHeads = new(
        LimitsFields.Head,
        Support.Approximate,
        "the highest limit holds for all sites of the listener"
    )
    {
        Condition = "that differs between sites of one listener",
    };

    public static readonly Capability OtherKey = new(
        TlsFields.Key,
        Support.Unsupported,
        "before 3.0 HAProxy finds a key by the name of its certificate: x.key beside x.crt, x.pem.key beside x.pem, or both in one file"
    )
    {
        Condition = "of another name than the certificate's",
        Versions = new VersionRange(Until: Building.HAProxyCertificates.StoreSince),
    };

    public static readonly Capability OtherClientKey = OtherKey with { Field = UpstreamTlsFields.Key.Id };

    public static readonly Capability GuardedReadings = new(
        SiteFields.Routes,
        Support.Approximate,
        "a path that a lenient upstream could read in several other ways, or that has `;`, a backslash, `?`, `#` or a dot at the end of a "
            + "segment, gets 400 on the whole site"
    )
    {
        Condition = "a guard on, or behind the conditions of, a regex",
    };
}
