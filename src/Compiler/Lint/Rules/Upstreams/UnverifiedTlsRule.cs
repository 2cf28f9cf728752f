using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Guards;
using Confgen.Model.Units;
using Confgen.Model.Upstreams;

namespace Confgen.Compiler.Lint.Rules.Upstreams;

/// <summary>TLS without verification hides the traffic from nobody who sits on its way.</summary>
internal sealed class UnverifiedTlsRule : LintRule
{
    public static readonly Rule Definition = new(
        "CFG0301",
        "upstream-tls-unverified",
        Severity.Warning,
        "TLS to an upstream without looking at its certificate"
    )
    {
        Why =
            "Without verification anybody on the way can respond in the server's place, read every request and change every response. "
            + "Name the authority that signed its certificate in `ca` (a self-signed one is its own), and the name that it carries in "
            + "`server_name`. Servers on this machine are not asked for it.",
        Bad = """
            upstreams:
              app:
                servers: ["https://10.0.0.5:8443"]
                tls: { verify: false }
            sites:
              - { host: a.example.com, proxy: app }

            """,
        Good = """
            upstreams:
              app:
                servers: ["https://10.0.0.5:8443"]
                tls: { ca: /etc/ssl/app-ca.pem, server_name: app.internal }
            sites:
              - { host: a.example.com, proxy: app }

            """,
    };

    public override Rule Rule => Definition;

    public override void Check(Spec spec, LintContext context)
    {
        foreach (Upstream upstream in spec.Upstreams.Where(u => u is { Scheme: ServerScheme.Https, Tls.Verify: false }))
        {
            if (upstream.Servers.FirstOrDefault(s => !s.Address.IsOnThisMachine()) is { } far)
            {
                context.Report(
                    upstream.Tls.At.Of("verify"),
                    $"the certificate of {far.Address} is not verified",
                    "name its authority with 'ca', and the name in it with 'server_name'"
                );
            }
        }

        foreach (ForwardAuth auth in spec.AuthServers)
        {
            if (auth is { Server: { Scheme: ServerScheme.Https } server, Tls.Verify: false } && !server.IsOnThisMachine())
            {
                context.Report(
                    auth.Tls.At.Of("verify"),
                    $"the certificate of {server} is not verified",
                    "name its authority with 'ca', and the name in it with 'server_name'"
                );
            }
        }
    }
}
