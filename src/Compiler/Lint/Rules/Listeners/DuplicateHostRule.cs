using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Sites;
using Confgen.Model.Sources;
using Confgen.Model.Units;

namespace Confgen.Compiler.Lint.Rules.Listeners;

/// <summary>A request is answered by one site: no host is taken twice on a listener.</summary>
internal sealed class DuplicateHostRule : LintRule
{
    public static readonly Rule Definition = new("CFG0200", "duplicate-host", Severity.Error, "A host that two sites take on one listener")
    {
        Why =
            "A site is chosen by the listener and the host. With the host taken twice one of the sites would never be reached, and which "
            + "one depends on the program. Merge their routes into one site.",
        Bad = """
            sites:
              - { host: a.example.com, proxy: "http://127.0.0.1:3000" }
              - { host: [b.example.com, a.example.com], proxy: "http://127.0.0.1:3001" }

            """,
        Good = """
            sites:
              - { host: a.example.com, proxy: "http://127.0.0.1:3000" }
              - { host: b.example.com, proxy: "http://127.0.0.1:3001" }

            """,
    };

    public override Rule Rule => Definition;

    public override void Check(Spec spec, LintContext context)
    {
        var taken = new Dictionary<(ListenAddress, HostPattern), Site>();
        foreach (Site site in spec.Sites)
        {
            SourceSpan place = site.At.Of(SiteFields.Host);
            foreach (HostPattern twice in site.Hosts.GroupBy(h => h).Where(g => g.Count() > 1).Select(g => g.Key))
            {
                context.Report(place, $"'{twice}' stands twice in this list", "write it once");
            }

            foreach (ListenAddress listen in site.Listen.Distinct())
            {
                foreach (HostPattern host in site.Hosts)
                {
                    if (!taken.TryAdd((listen, host), site) && taken[(listen, host)] is var first && !ReferenceEquals(first, site))
                    {
                        context.Report(
                            place,
                            $"another site answers for '{host}' on {listen}",
                            "merge the two sites, or let them listen on different ports",
                            new RelatedSpan(first.At.Of(SiteFields.Host), "the first one")
                        );
                    }
                }
            }
        }
    }
}
