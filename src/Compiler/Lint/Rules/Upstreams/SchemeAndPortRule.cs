using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Units;
using Confgen.Model.Upstreams;

namespace Confgen.Compiler.Lint.Rules.Upstreams;

/// <summary>Port 443 speaks TLS, port 80 doesn't.</summary>
internal sealed class SchemeAndPortRule : LintRule
{
    public static readonly Rule Definition = new(
        "CFG0306",
        "scheme-and-port-disagree",
        Severity.Warning,
        "A scheme and a port that don't belong together"
    )
    {
        Why =
            "Servers speak TLS on port 443 and plain HTTP on port 80. `http://host:443` gets the response \"400 The plain HTTP request "
            + "was sent to HTTPS port\", `https://host:80` with a failed handshake, 502.",
        Bad = """
            sites:
              - { host: a.example.com, proxy: "http://10.0.0.5:443" }

            """,
        Good = """
            sites:
              - { host: a.example.com, proxy: "http://10.0.0.5:80" }

            """,
    };

    public override Rule Rule => Definition;

    public override void Check(Spec spec, LintContext context)
    {
        foreach (Upstream upstream in spec.AllUpstreams())
        {
            foreach (UpstreamServer server in upstream.Servers)
            {
                string? right = server.Address switch
                {
                    { Scheme: ServerScheme.Http or ServerScheme.H2c, Port: 443 } => "https",
                    { Scheme: ServerScheme.Https, Port: 80 } => "http",
                    _ => null,
                };
                if (right is not null)
                {
                    context.Report(
                        server.At.Of(ServerFields.Url),
                        $"port {server.Address.Port} of {server.Address.Host} probably speaks {right}",
                        $"write {right}://, or another port"
                    );
                }
            }
        }
    }
}
