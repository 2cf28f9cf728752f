using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Upstreams;

namespace Confgen.Compiler.Lint.Rules.Upstreams;

/// <summary>An upstream has a server that takes requests.</summary>
internal sealed class NoUsableServerRule : LintRule
{
    public static readonly Rule Definition = new(
        "CFG0222",
        "no-usable-server",
        Severity.Error,
        "An upstream whose servers are all down, or all backups"
    )
    {
        Why =
            "Backups are used while the others are down, so there must be others; nginx doesn't start without one. With every server "
            + "`down: true` each request would get 503: a route says that plainer with `respond: 503`.",
        Bad = """
            upstreams:
              app:
                servers:
                  - { url: "http://127.0.0.1:3000", backup: true }
                  - { url: "http://127.0.0.1:3001", backup: true }
            sites:
              - { host: a.example.com, proxy: app }

            """,
        Good = """
            upstreams:
              app:
                servers:
                  - http://127.0.0.1:3000
                  - { url: "http://127.0.0.1:3001", backup: true }
            sites:
              - { host: a.example.com, proxy: app }

            """,
    };

    public override Rule Rule => Definition;

    public override void Check(Spec spec, LintContext context)
    {
        foreach (Upstream upstream in spec.Upstreams.Where(u => u.Servers.Count > 0))
        {
            if (upstream.Servers.All(s => s.Down))
            {
                context.Report(
                    upstream.At.Of(UpstreamFields.Servers),
                    $"every server of '{upstream.Name}' is down",
                    "use 'respond: 503' in its routes, or take 'down' from a server"
                );
            }
            else if (upstream.Servers.All(s => s.Backup || s.Down))
            {
                context.Report(
                    upstream.At.Of(UpstreamFields.Servers),
                    $"every server of '{upstream.Name}' that is up is a backup",
                    "take 'backup' from one of them"
                );
            }
        }
    }
}
