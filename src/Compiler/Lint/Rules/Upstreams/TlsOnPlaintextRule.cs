using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Guards;
using Confgen.Model.Units;
using Confgen.Model.Upstreams;

namespace Confgen.Compiler.Lint.Rules.Upstreams;

/// <summary><c>tls:</c> doesn't turn TLS on; <c>https://</c> does.</summary>
internal sealed class TlsOnPlaintextRule : LintRule
{
    public static readonly Rule Definition = new(
        "CFG0225",
        "tls-on-plaintext-upstream",
        Severity.Error,
        "TLS settings for servers that are spoken to in plain text"
    )
    {
        Why =
            "The scheme of the URL decides: `https://` servers are spoken to with TLS, `http://`, `h2c://` and `unix:` without. With "
            + "`tls:` beside them one would believe the traffic to be encrypted, and it is not.",
        Bad = """
            upstreams:
              app:
                servers: ["http://127.0.0.1:3000"]
                tls: { verify: true }
            sites:
              - { host: a.example.com, proxy: app }

            """,
        Good = """
            upstreams:
              app:
                servers: ["https://app.internal:3000"]
                tls: { verify: true }
            sites:
              - { host: a.example.com, proxy: app }

            """,
    };

    public override Rule Rule => Definition;

    public override void Check(Spec spec, LintContext context)
    {
        foreach (Upstream upstream in spec.Upstreams.Where(u => u.At.Wrote("tls") && u.Servers.Count > 0 && u.Scheme != ServerScheme.Https))
        {
            context.Report(
                upstream.At.Of(UpstreamFields.Tls),
                $"the servers of '{upstream.Name}' are spoken to without TLS",
                "write https:// in their URLs, or remove 'tls'"
            );
        }

        foreach (ForwardAuth auth in spec.AuthServers.Where(static a => a.At.Wrote("tls") && a.Server.Scheme != ServerScheme.Https))
        {
            context.Report(
                auth.At.Of(ForwardAuthFields.Tls),
                $"the auth server {auth.Server} is spoken to without TLS",
                "write https:// in its URL, or remove 'tls'"
            );
        }
    }
}
