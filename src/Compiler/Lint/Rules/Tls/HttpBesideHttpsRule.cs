using Confgen.Compiler.Language;
using Confgen.Compiler.Lint.Rules.Listeners;
using Confgen.Compiler.Schema;
using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Routes;
using Confgen.Model.Sites;
using Confgen.Model.Units;

namespace Confgen.Compiler.Lint.Rules.Tls;

/// <summary>What is served with TLS is not served without.</summary>
internal sealed class HttpBesideHttpsRule : LintRule
{
    public static readonly Rule Definition = new(
        "CFG0331",
        "http-beside-https",
        Severity.Warning,
        "A host that serves in plain HTTP what it also serves with TLS"
    )
    {
        Why =
            "Cookies and passwords of the https site are sent in plain text to the other one. Remove the plain site: the one with TLS "
            + "redirects port 80 by itself. A plain site that only redirects, responds with a fixed text or serves `/.well-known` is not "
            + "meant.",
        Bad = """
            sites:
              - { host: a.example.com, tls: internal, redirect_http: false, proxy: "http://127.0.0.1:3000" }
              - { host: a.example.com, listen: 80, proxy: "http://127.0.0.1:3000" }

            """,
        Good = """
            sites:
              - { host: a.example.com, tls: internal, proxy: "http://127.0.0.1:3000" }

            """,
    };

    public override Rule Rule => Definition;

    public override void Check(Spec spec, LintContext context)
    {
        var secured = new Dictionary<HostPattern, Site>();
        foreach (Site site in spec.Sites.Where(s => s.Tls is not null))
        {
            foreach (HostPattern host in site.Hosts)
            {
                secured.TryAdd(host, site);
            }
        }

        foreach (
            Site site in secured.Count == 0 ? [] : spec.Sites.Where(s => s.Tls is null && s.Listen.Any(l => l.Port == 80 && !l.IsLocal()))
        )
        {
            if (site.Hosts.FirstOrDefault(secured.ContainsKey) is { } host && site.Routes.Any(Serves))
            {
                context.Report(
                    site.At.Of(SiteFields.Host),
                    $"'{host}' is served without TLS here, and with TLS by another site",
                    "remove this site: the other one redirects port 80 to https",
                    new RelatedSpan(secured[host].At.Of("host"), "the site with TLS")
                );
            }
        }
    }

    private static bool Serves(Route route) =>
        route.Action is ProxyAction or FilesAction && !route.Path.Text.Contains(".well-known", StringComparison.Ordinal);
}
