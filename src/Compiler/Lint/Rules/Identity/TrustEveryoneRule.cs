using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Routes;
using Confgen.Model.Units;

namespace Confgen.Compiler.Lint.Rules.Identity;

/// <summary>Who believes everybody believes nobody.</summary>
internal sealed class TrustEveryoneRule : LintRule
{
    // As wide as the widest block that one network has (10.0.0.0/8, and an ISP's /20 of IPv6).
    private const int WidestIPv4 = 8;
    private const int WidestIPv6 = 7;

    public static readonly Rule Definition = new(
        "CFG0310",
        "trusts-everyone",
        Severity.Warning,
        "Trusted proxies that take in the whole internet"
    )
    {
        Why =
            "A trusted peer's `X-Forwarded-For` says who the client is. With `0.0.0.0/0` among the trusted every client says that of "
            + "itself: it gets past `allow` and `deny`, has a fresh `rate_limit` with each request, and writes what it likes into the "
            + "log. List the addresses of the proxies in front of this one.",
        Bad = """
            trusted_proxies: [0.0.0.0/0]
            sites:
              - { host: a.example.com, proxy: "http://127.0.0.1:3000" }

            """,
        Good = """
            trusted_proxies: [10.0.0.0/8]
            sites:
              - { host: a.example.com, proxy: "http://127.0.0.1:3000" }

            """,
    };

    public override Rule Rule => Definition;

    public override void Check(Spec spec, LintContext context)
    {
        if (spec.TrustedProxies.Any(c => c.PrefixLength < (c.IsIPv6 ? WidestIPv6 : WidestIPv4)))
        {
            Cidr wide = spec.TrustedProxies.First(c => c.PrefixLength < (c.IsIPv6 ? WidestIPv6 : WidestIPv4));
            Route? guarded = spec.Routes()
                .Select(r => r.Route)
                .FirstOrDefault(r => !r.Access.IsOpen || r.Match.AsksClient || r.RateLimit is { KeyHeader: null });
            string consequence =
                guarded is null ? "every client chooses its own address"
                : guarded.Access.IsOpen && guarded.Match.AsksClient ? "every client chooses its own address, and with it the route"
                : guarded.Access.IsOpen ? "every client chooses its own address, and gets around 'rate_limit'"
                : "every client chooses its own address, and gets around 'allow' and 'deny'";
            context.Report(
                spec.At.Of(SpecFields.TrustedProxies),
                $"{wide} trusts clients as if they were proxies: {consequence}",
                "list the addresses of the proxies in front of this one"
            );
        }
    }
}
