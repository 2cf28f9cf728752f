using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Model;
using Confgen.Model.Acme;
using Confgen.Model.Diagnostics;
using Confgen.Model.Sites;
using Confgen.Model.Units;

namespace Confgen.Compiler.Lint.Rules.Tls;

/// <summary>A public authority vouches for public names.</summary>
internal sealed class AutoWithoutPublicNameRule : LintRule
{
    public static readonly Rule Definition = new(
        "CFG0333",
        "acme-without-public-name",
        Severity.Warning,
        "A host for which no certificate can be had by ACME"
    )
    {
        Why =
            "`tls: auto` proves to a public authority that the host is yours (RFC 8555). That can't be done for names of a private "
            + "network, nor for `_` and `app.*`, which are no names; and a wildcard's certificate needs a record in DNS, which `confgen "
            + "serve` writes by the program of `acme.dns`. Use `tls: internal`, files, or an authority of your own by `acme.ca`.",
        Bad = """
            sites:
              - { host: app.internal, tls: auto, hsts: true, proxy: "http://127.0.0.1:3000" }

            """,
        Good = """
            sites:
              - { host: app.internal, tls: internal, proxy: "http://127.0.0.1:3000" }

            """,
    };

    public override Rule Rule => Definition;

    public override void Check(Spec spec, LintContext context)
    {
        bool isPublic = spec.Acme.Ca == AcmeSettings.DefaultCa;
        foreach (Site site in spec.Sites.Where(s => s.Tls is { Source: CertificateSource.Auto }))
        {
            foreach (HostPattern host in site.Hosts)
            {
                string? problem = host.Kind switch
                {
                    HostPatternKind.Any => "no certificate can name '_'",
                    HostPatternKind.Trailing => $"no certificate can name '{host}'",
                    HostPatternKind.Wildcard when !spec.Acme.Challenges.Contains(AcmeChallenge.Dns) =>
                        $"a certificate for '{host}' needs a record in DNS",
                    _ when isPublic && PublicNames.IsPrivate(host.Name) && host.Name[0] != '[' =>
                        $"no public authority vouches for '{host}'",
                    _ => null,
                };
                if (problem is not null)
                {
                    context.Report(site.At.Of(SiteFields.Host), problem, "use 'tls: internal', or 'tls: { cert: ..., key: ... }'");
                }
            }
        }
    }
}
