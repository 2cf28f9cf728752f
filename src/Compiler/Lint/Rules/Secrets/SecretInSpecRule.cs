using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Routes;
using Confgen.Model.Sites;
using Confgen.Model.Tunnels;

namespace Confgen.Compiler.Lint.Rules.Secrets;

/// <summary>A spec is kept where many can read it.</summary>
internal sealed class SecretInSpecRule : LintRule
{
    public static readonly Rule Definition = new("CFG0360", "secret-in-spec", Severity.Warning, "A password or token written into the spec")
    {
        Why =
            "A spec is committed, reviewed and copied, and so is every secret in it. Read it from the environment: `Authorization: "
            + "\"Bearer ${API_TOKEN}\"`. Outputs that hold a secret are readable by their owner alone.",
        Bad = """
            sites:
              - host: a.example.com
                proxy: http://127.0.0.1:3000
                headers: { request: { set: { Authorization: "Bearer 3f786850e387550fdab836ed7e6dc881de23001b" } } }

            """,
        Good = """
            sites:
              - host: a.example.com
                proxy: http://127.0.0.1:3000
                headers: { request: { set: { Authorization: "Bearer ${API_TOKEN:-none}" } } }

            """,
    };

    public override Rule Rule => Definition;

    public override void Check(Spec spec, LintContext context)
    {
        foreach (Site site in spec.Sites)
        {
            CheckHeaders(context, site.Headers);
            foreach (Route route in site.Routes)
            {
                CheckHeaders(context, route.Headers);
            }
        }

        foreach (Tunnel tunnel in spec.Tunnels.Where(t => !context.IsFromEnvironment(t.At.Of("secret"))))
        {
            context.Report(
                tunnel.At.Of(TunnelFields.Secret),
                $"the secret of the tunnel '{tunnel.Name}' is written into the spec",
                "read it from the environment: secret: ${TUNNEL_SECRET}"
            );
        }
    }

    private static void CheckHeaders(LintContext context, HeaderRules rules)
    {
        CheckEdits(context, rules.Request, request: true);
        CheckEdits(context, rules.Response, request: false);
    }

    private static void CheckEdits(LintContext context, HeaderEdits edits, bool request)
    {
        foreach (HeaderValue header in edits.IsEmpty ? [] : edits.Set.Concat(edits.Add))
        {
            if (
                header.Value.AsLiteral is { Length: > 0 } value
                && (Model.Units.Secrets.HasToken(value) || (request && Model.Units.Secrets.IsSecretHeader(header.Name)))
                && !context.IsFromEnvironment(header.At.Span)
            )
            {
                context.Report(
                    header.At.Span,
                    $"the value of '{header.Name}' is a secret, written into the spec",
                    $"read it from the environment: {header.Name}: \"${{{header.Name.ToUpperInvariant().Replace('-', '_')}}}\""
                );
            }
        }
    }
}
