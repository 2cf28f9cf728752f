using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Upstreams;

namespace Confgen.Compiler.Lint.Rules.Upstreams;

/// <summary><c>localhost</c> is two addresses, and <c>0.0.0.0</c> is none.</summary>
internal sealed class LocalhostServerRule : LintRule
{
    public static readonly Rule Definition = new(
        "CFG0305",
        "ambiguous-local-server",
        Severity.Info,
        "A server on this machine that is not named by one address"
    )
    {
        Why =
            "`localhost` stands for 127.0.0.1 and ::1, and most applications listen at only one of them: every other request first meets "
            + "a closed port. `0.0.0.0` is an address to listen at; to connect to it means something else on each system. Write 127.0.0.1 "
            + "or [::1].",
        Bad = """
            sites:
              - { host: a.internal, proxy: "http://localhost:3000" }

            """,
        Good = """
            sites:
              - { host: a.internal, proxy: "http://127.0.0.1:3000" }

            """,
    };

    public override Rule Rule => Definition;

    public override void Check(Spec spec, LintContext context)
    {
        foreach (Upstream upstream in spec.AllUpstreams())
        {
            foreach (UpstreamServer server in upstream.Servers)
            {
                string? problem = server.Address.Host switch
                {
                    "localhost" => "'localhost' stands for 127.0.0.1 and ::1, and the application may listen at one of them only",
                    "0.0.0.0" or "::" => $"'{server.Address.Host}' is an address to listen at, not to connect to",
                    _ => null,
                };
                if (problem is not null)
                {
                    context.Report(server.At.Of(ServerFields.Url), problem, "write 127.0.0.1, or [::1]");
                }
            }
        }
    }
}
