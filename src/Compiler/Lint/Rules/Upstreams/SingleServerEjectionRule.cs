using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Units;
using Confgen.Model.Upstreams;

namespace Confgen.Compiler.Lint.Rules.Upstreams;

/// <summary>Resting the only server rests the site.</summary>
internal sealed class SingleServerEjectionRule : LintRule
{
    public static readonly Rule Definition = new(
        "CFG0313",
        "lonely-server-rests",
        Severity.Warning,
        "A single failure that takes the only server out of service"
    )
    {
        Why =
            "Passive health puts a server to rest after `max_fails` failures, one unless written. Where there is no other server, one "
            + "failed request makes every client get 503 for `fail_for`. Raise `max_fails`, or add a server.",
        Bad = """
            upstreams:
              app:
                servers: ["http://127.0.0.1:3000"]
                health: { passive: { fail_for: 30s } }
            sites:
              - { host: a.example.com, proxy: app }

            """,
        Good = """
            upstreams:
              app:
                servers: ["http://127.0.0.1:3000"]
                health: { passive: { max_fails: 5, fail_for: 30s } }
            sites:
              - { host: a.example.com, proxy: app }

            """,
    };

    public override Rule Rule => Definition;

    public override void Check(Spec spec, LintContext context)
    {
        foreach (Upstream upstream in spec.Upstreams)
        {
            if (upstream is { Servers.Count: 1, PassiveHealth: { MaxFails: 1 } passive })
            {
                context.Report(
                    passive.At.Of(PassiveHealthFields.MaxFails),
                    $"one failure takes the only server of '{upstream.Name}' out of service for {Durations.Format(passive.FailFor)}",
                    "raise 'max_fails', or add a server"
                );
            }
        }
    }
}
