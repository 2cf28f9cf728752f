using Confgen.Compiler.Language;
using Confgen.Compiler.Lint.Rules.Upstreams;
using Confgen.Compiler.Schema;
using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Routes;
using Confgen.Model.Units;

namespace Confgen.Compiler.Lint.Rules.Guards;

/// <summary>Who can change the auth server's response opens every door.</summary>
internal sealed class PlaintextAuthServerRule : LintRule
{
    public static readonly Rule Definition = new(
        "CFG0303",
        "plaintext-auth-server",
        Severity.Warning,
        "An auth server that is asked in plain text over the internet"
    )
    {
        Why =
            "Each request's cookies and headers are shown to the auth server, and its 2xx lets it pass. In plain text over the internet "
            + "both are open to everybody on the way. Use https://, or a private network.",
        Bad = """
            sites:
              - host: a.example.com
                proxy: http://127.0.0.1:3000
                forward_auth: { url: "http://192.0.2.10/verify", copy_headers: [Remote-User] }

            """,
        Good = """
            sites:
              - host: a.example.com
                proxy: http://127.0.0.1:3000
                forward_auth: { url: "https://auth.example.com/verify", copy_headers: [Remote-User] }

            """,
    };

    public override Rule Rule => Definition;

    public override void Check(Spec spec, LintContext context)
    {
        foreach ((_, Route route) in spec.Routes())
        {
            if (route.ForwardAuth is { Server: { Scheme: ServerScheme.Http or ServerScheme.H2c } server } auth && server.IsPublicAddress())
            {
                context.Report(
                    auth.At.Of(ForwardAuthFields.Url),
                    $"{server} is asked in plain text over the internet",
                    "use https://, or a private address"
                );
            }
        }
    }
}
