using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Routes;
using Confgen.Model.Sites;

namespace Confgen.Compiler.Lint.Rules.Tls;

/// <summary>The first request of a visit is plain unless the browser was told otherwise.</summary>
internal sealed class MissingHstsRule : LintRule
{
    public static readonly Rule Definition = new(
        "CFG0330",
        "missing-hsts",
        Severity.Info,
        "A site with TLS that doesn't ask browsers to come back with TLS"
    )
    {
        Why =
            "Who types the host's name starts with plain HTTP, and somebody on the way can answer before the redirect does. `hsts: true` "
            + "(RFC 6797) makes a browser go to https by itself after its first visit. Begin with a short `max_age` if you are not sure "
            + "that the host keeps TLS for good.",
        Bad = """
            sites:
              - { host: a.example.com, tls: auto, proxy: "http://127.0.0.1:3000" }

            """,
        Good = """
            sites:
              - { host: a.example.com, tls: auto, hsts: true, proxy: "http://127.0.0.1:3000" }

            """,
    };

    public override Rule Rule => Definition;

    public override void Check(Spec spec, LintContext context)
    {
        foreach (Site site in spec.Sites)
        {
            // A certificate of a local authority is for development, where a remembered https is a nuisance.
            if (
                site is { Tls: { Source: not CertificateSource.Internal }, Hsts: null }
                && site.Listen.Any(l => l.Port == 443)
                && !Sets(site.Headers)
                && !site.Routes.Any(r => Sets(r.Headers))
            )
            {
                context.Report(site.At.Of(SiteFields.Tls), "browsers are not told to come back with TLS", "add 'hsts: true'");
            }
        }
    }

    private static bool Sets(HeaderRules rules) =>
        rules
            .Response.Set.Concat(rules.Response.Add)
            .Any(h => h.Name.Equals("Strict-Transport-Security", StringComparison.OrdinalIgnoreCase));
}
