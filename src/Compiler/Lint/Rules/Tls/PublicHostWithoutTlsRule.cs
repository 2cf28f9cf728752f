using Confgen.Compiler.Language;
using Confgen.Compiler.Lint.Rules.Listeners;
using Confgen.Compiler.Schema;
using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Routes;
using Confgen.Model.Sites;
using Confgen.Model.Units;

namespace Confgen.Compiler.Lint.Rules.Tls;

/// <summary>A host of the internet without TLS.</summary>
internal sealed class PublicHostWithoutTlsRule : LintRule
{
    public static readonly Rule Definition = new(
        "CFG0332",
        "public-host-without-tls",
        Severity.Info,
        "A public host that is served without TLS"
    )
    {
        Why =
            "Everybody between the browser and this proxy can read and change what passes, and browsers mark the page as not secure. "
            + "`tls: auto` gets a certificate by ACME. Where TLS ends in front of this proxy, name that peer in `trusted_proxies`.",
        Bad = """
            sites:
              - { host: shop.my-company.com, proxy: "http://127.0.0.1:3000" }

            """,
        Good = """
            sites:
              - { host: shop.my-company.com, tls: auto, hsts: true, proxy: "http://127.0.0.1:3000" }

            """,
    };

    public override Rule Rule => Definition;

    public override void Check(Spec spec, LintContext context)
    {
        if (spec.TrustedProxies.Count > 0)
        {
            return;
        }

        HashSet<HostPattern> secured = [.. spec.Sites.Where(s => s.Tls is not null).SelectMany(s => s.Hosts)];
        foreach (
            Site site in spec.Sites.Where(s =>
                s.Tls is null && !s.Listen.All(l => l.IsLocal()) && s.Routes.Any(r => r.Action is ProxyAction or FilesAction)
            )
        )
        {
            if (
                site.Hosts.FirstOrDefault(h =>
                    h.Kind != HostPatternKind.Any
                    && PublicNames.IsPublic(h.Name)
                    && !h.Name.Contains(':', StringComparison.Ordinal)
                    && !IpAddresses.TryParse(h.Name, out _)
                )
                    is { } host
                && !secured.Contains(host)
            )
            {
                context.Report(
                    site.At.Of(SiteFields.Host),
                    $"'{host}' is served without TLS",
                    "add 'tls: auto', or name the peer that has TLS in 'trusted_proxies'"
                );
            }
        }
    }
}
