using Confgen.Compiler.Language;
using Confgen.Compiler.Rendering;

namespace Confgen.Targets.Apache;

/// <summary>What httpd does otherwise than the contract, or can't, where that depends on several fields.</summary>
internal static class ApacheDifferences
{
    public static readonly Capability NamedServer = new(
        ServerFields.Url,
        Support.Approximate,
        "the name is resolved once, when httpd starts"
    )
    {
        Condition = "with a host name",
    };

    public static readonly Capability ManyLabels = new(
        SiteFields.Host,
        Support.Approximate,
        "a host with several labels in the star's place gets 404, not the site that takes every other host"
    )
    {
        Condition = "with a star in front, beside `_` or a star at the end",
    };

    public static readonly Capability OvertakenHost = new(
        SiteFields.Host,
        Support.Unsupported,
        "httpd takes the first site that has the host: write the hosts with a star as a site of their own"
    )
    {
        Condition = "that another site's star takes, where that site has a host that is closer",
    };

    public static readonly Capability MixedHeads = new(LimitsFields.Head, Support.Approximate, "the highest limit holds for all sites")
    {
        Condition = "that differs between sites",
    };

    public static readonly Capability OwnHostOverTls = new(
        RouteFields.Proxy,
        Support.Unsupported,
        "httpd takes the name for SNI and verification from the Host that it sends: write `host: upstream`"
    )
    {
        Condition = "to `https://` that is verified, unless with `host: upstream`",
    };

    public static readonly Capability OwnHostUnverified = new(
        RouteFields.Proxy,
        Support.Approximate,
        "the name for SNI is the client's host"
    )
    {
        Condition = "to `https://` that isn't verified, unless with `host: upstream`",
    };

    public static readonly Capability VerifiedAddress = new(
        ServerFields.Url,
        Support.Unsupported,
        "httpd compares a certificate with names alone: name the server, or write tls.verify: false"
    )
    {
        Condition = "with `https://` and an IP address",
    };

    public static readonly Capability GuardedReadings = new(
        SiteFields.Routes,
        Support.Approximate,
        "a path that a lenient upstream could read in several other ways, or that has `;`, a backslash, `?`, `#` or a dot at the end of a "
            + "segment, gets 400 on the whole site"
    )
    {
        Condition = "a guard on, or behind the conditions of, a regex",
    };

    public static readonly Capability HeavyServer = new(
        ServerFields.Weight,
        Support.Approximate,
        "weights end at 100: all of the upstream's are made smaller in proportion"
    )
    {
        Condition = "over 100",
    };
}
