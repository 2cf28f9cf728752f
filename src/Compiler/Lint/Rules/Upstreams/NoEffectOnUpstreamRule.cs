using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Upstreams;

namespace Confgen.Compiler.Lint.Rules.Upstreams;

/// <summary>Fields of an upstream that its other fields make idle.</summary>
internal sealed class NoEffectOnUpstreamRule : LintRule
{
    public static readonly Rule Definition = new(
        "CFG0224",
        "no-effect-on-upstream",
        Severity.Warning,
        "A field that changes nothing in this upstream"
    )
    {
        Why =
            "With `balance: first` the order decides, so weights count for nothing. With one server there is nothing to choose and "
            + "nowhere to retry. With `verify: false` nobody asks which authority signed the certificate.",
        Bad = """
            upstreams:
              app:
                servers: [{ url: "http://127.0.0.1:3000", weight: 3 }, "http://127.0.0.1:3001"]
                balance: first
                health: { passive: {} }
            sites:
              - { host: a.example.com, proxy: app }

            """,
        Good = """
            upstreams:
              app:
                servers: [{ url: "http://127.0.0.1:3000", weight: 3 }, "http://127.0.0.1:3001"]
                health: { passive: {} }
            sites:
              - { host: a.example.com, proxy: app }

            """,
    };

    public override Rule Rule => Definition;

    public override void Check(Spec spec, LintContext context)
    {
        foreach (Upstream upstream in spec.Upstreams)
        {
            bool single = upstream.Discover is null && upstream.Servers.Count == 1;
            if (upstream.Balance.Policy == BalancePolicy.First)
            {
                foreach (UpstreamServer server in upstream.Servers.Where(s => s.Weight > 1))
                {
                    context.Report(
                        server.At.Of(ServerFields.Weight),
                        "a weight changes nothing with 'balance: first'",
                        "the order decides there; remove the weight, or choose another policy"
                    );
                }
            }

            if (single && upstream.At.Wrote(UpstreamFields.Retries) && upstream.Retries > 0)
            {
                context.Report(
                    upstream.At.Of(UpstreamFields.Retries),
                    $"'{upstream.Name}' has one server, so there is no other to try",
                    "remove 'retries', or add a server"
                );
            }

            if (upstream.At.Wrote(UpstreamFields.RetryOn) && (single || upstream.Retries == 0))
            {
                context.Report(
                    upstream.At.Of(UpstreamFields.RetryOn),
                    single
                        ? $"'{upstream.Name}' has one server, so there is no other to try"
                        : "with 'retries: 0' no other server is tried",
                    single ? "remove 'retry_on', or add a server" : "remove 'retry_on', or allow a retry"
                );
            }

            if (single && upstream.At.Wrote(UpstreamFields.Balance) && upstream.Balance.Policy != BalancePolicy.RoundRobin)
            {
                context.Report(
                    upstream.At.Of(UpstreamFields.Balance),
                    $"'{upstream.Name}' has one server, so there is nothing to choose",
                    "remove 'balance', or add a server"
                );
            }

            if (upstream.Tls is { Verify: false, Ca: not null } tls)
            {
                context.Report(
                    tls.At.Of("ca"),
                    "'ca' changes nothing with 'verify: false'",
                    "remove 'verify: false': the certificate is then checked against this authority"
                );
            }
        }
    }
}
