using System.Text.RegularExpressions;
using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Routes;
using Confgen.Model.Sites;
using Confgen.Model.Tunnels;

namespace Confgen.Compiler.Lint.Rules.Secrets;

/// <summary>A spec is kept where many can read it.</summary>
internal sealed partial class SecretInSpecRule : LintRule
{
    public static readonly Rule Definition = new("CFG0360", "secret-in-spec", Severity.Warning, "A password or token written into the spec")
    {
        Why = "A spec is committed, reviewed and copied, and so is every secret in it. Read it from the environment: `Authorization: \"Bearer ${API_TOKEN}\"`. Outputs that hold a secret are readable by their owner alone.",
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

    private static readonly HashSet<string> _secretHeaders = new(StringComparer.OrdinalIgnoreCase)
    {
        "Authorization", "Proxy-Authorization", "Cookie", "X-Api-Key", "Api-Key", "ApiKey", "X-Auth-Token", "X-Access-Token", "X-Auth-Key", "X-Secret", "X-Token",
        "Private-Token", "X-Vault-Token", "X-Amz-Security-Token", "X-Goog-Api-Key", "Ocp-Apim-Subscription-Key", "X-Shared-Secret",
    };

    private static readonly string[] _tokens = ["ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "glpat-", "xox", "sk_live_", "sk-", "AKIA", "AIza", "eyJ"];

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
            context.Report(tunnel.At.Of("secret"), $"the secret of the tunnel '{tunnel.Name}' is written into the spec", "read it from the environment: secret: ${TUNNEL_SECRET}");
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
            if (header.Value.AsLiteral is { Length: > 0 } value && (HasToken(value) || (request && _secretHeaders.Contains(header.Name))) && !context.IsFromEnvironment(header.At.Span))
            {
                context.Report(header.At.Span, $"the value of '{header.Name}' is a secret, written into the spec", $"read it from the environment: {header.Name}: \"${{{header.Name.ToUpperInvariant().Replace('-', '_')}}}\"");
            }
        }
    }

    // The regex is made when a token's beginning shows up: making it takes longer than checking a small spec.
    private static bool HasToken(string value) => _tokens.Any(t => value.Contains(t, StringComparison.Ordinal)) && Token.IsMatch(value);

    // What tokens of GitHub, GitLab, Slack, Stripe, OpenAI, AWS and Google look like, and a JSON web token.
    [GeneratedRegex(@"\b(gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,}|glpat-[A-Za-z0-9_-]{20,}|xox[abprs]-[A-Za-z0-9-]{10,}|sk_live_[A-Za-z0-9]{16,}|sk-[A-Za-z0-9_-]{20,}|AKIA[0-9A-Z]{16}|AIza[A-Za-z0-9_-]{35}|eyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.)", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Token { get; }
}
