using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Upstreams;

namespace Confgen.Compiler.Lint.Rules.Upstreams;

/// <summary>Several servers are there so that one may fail.</summary>
internal sealed class NoHealthCheckRule : LintRule
{
    public static readonly Rule Definition = new(
        "CFG0314",
        "no-health-check",
        Severity.Info,
        "Several servers, and nothing that notices when one is dead"
    )
    {
        Why =
            "Without `health` a dead server keeps its share of the requests, and each of them waits for `timeouts.connect` before another "
            + "server is tried. `health: { passive: {} }` lets it rest after a failure; `active` probes it in the background.",
        Bad = """
            upstreams:
              app:
                servers: ["http://127.0.0.1:3000", "http://127.0.0.1:3001"]
            sites:
              - { host: a.internal, proxy: app }

            """,
        Good = """
            upstreams:
              app:
                servers: ["http://127.0.0.1:3000", "http://127.0.0.1:3001"]
                health: { passive: { max_fails: 3 } }
            sites:
              - { host: a.internal, proxy: app }

            """,
    };

    public override Rule Rule => Definition;

    public override void Check(Spec spec, LintContext context)
    {
        foreach (Upstream upstream in spec.Upstreams)
        {
            if (upstream is { ActiveHealth: null, PassiveHealth: null } && upstream.Servers.Count(s => !s.Down) > 1)
            {
                context.Report(
                    upstream.At.Of(UpstreamFields.Servers),
                    $"nothing notices when a server of '{upstream.Name}' is dead",
                    "add 'health: { passive: {} }'"
                );
            }
        }
    }
}
