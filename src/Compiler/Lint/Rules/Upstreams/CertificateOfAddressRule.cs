using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Guards;
using Confgen.Model.Sources;
using Confgen.Model.Units;
using Confgen.Model.Upstreams;

namespace Confgen.Compiler.Lint.Rules.Upstreams;

/// <summary>Certificates carry names.</summary>
internal sealed class CertificateOfAddressRule : LintRule
{
    public static readonly Rule Definition = new(
        "CFG0307",
        "certificate-of-address",
        Severity.Warning,
        "TLS to an address, without the name that its certificate carries"
    )
    {
        Why =
            "The certificate is compared with the server's name, and few certificates carry an address: every request would get 502. Say "
            + "which name is in it: `tls: { server_name: app.internal }`, with `ca` where no public authority signed it.",
        Bad = """
            sites:
              - { host: a.example.com, proxy: "https://10.0.0.5:8443" }

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
        foreach (
            Upstream upstream in spec.AllUpstreams()
                .Where(u => u is { Scheme: ServerScheme.Https, Tls: { Verify: true, ServerName: null, Ca: null } })
        )
        {
            if (upstream.Servers.FirstOrDefault(s => s.Address.IsAddress) is { } server)
            {
                Report(context, server.Address, server.At.Of(ServerFields.Url));
            }
        }

        foreach (ForwardAuth auth in spec.AuthServers)
        {
            if (
                auth is
                { Server: { Scheme: ServerScheme.Https, IsAddress: true } server, Tls: { Verify: true, ServerName: null, Ca: null } }
            )
            {
                Report(context, server, auth.At.Of(ForwardAuthFields.Url));
            }
        }
    }

    private static void Report(LintContext context, ServerAddress server, SourceSpan at) =>
        context.Report(
            at,
            $"the certificate of {server.Host} is compared with that address, which few certificates carry",
            "name what it carries: 'tls: { server_name: ... }', with 'ca' for an authority of your own"
        );
}
