using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Units;
using Confgen.Model.Upstreams;

namespace Confgen.Compiler.Lint.Rules.Upstreams;

/// <summary>What the client sent over TLS leaves this machine without it.</summary>
internal sealed class PlaintextPublicUpstreamRule : LintRule
{
    public static readonly Rule Definition = new(
        "CFG0302",
        "plaintext-public-upstream",
        Severity.Warning,
        "An upstream that is reached in plain text over the internet"
    )
    {
        Why =
            "Requests and responses, cookies and passwords among them, cross the internet readable and changeable. Use https://, a "
            + "private network, or a tunnel.",
        Bad = """
            sites:
              - { host: a.example.com, proxy: "http://192.0.2.10:3000" }

            """,
        Good = """
            sites:
              - { host: a.example.com, proxy: "http://10.0.0.10:3000" }

            """,
    };

    public override Rule Rule => Definition;

    public override void Check(Spec spec, LintContext context)
    {
        foreach (Upstream upstream in spec.AllUpstreams())
        {
            foreach (
                UpstreamServer server in upstream.Servers.Where(s =>
                    s.Address.Scheme is ServerScheme.Http or ServerScheme.H2c && s.Address.IsPublicAddress()
                )
            )
            {
                context.Report(
                    server.At.Of(ServerFields.Url),
                    $"{server.Address} is reached in plain text over the internet",
                    "use https://, a private address, or a tunnel"
                );
            }
        }
    }
}
