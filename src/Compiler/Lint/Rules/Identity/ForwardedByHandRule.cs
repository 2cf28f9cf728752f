using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Routes;
using Confgen.Model.Sites;

namespace Confgen.Compiler.Lint.Rules.Identity;

/// <summary>The headers about the client are the proxy's own business.</summary>
internal sealed class ForwardedByHandRule : LintRule
{
    public static readonly Rule Definition = new(
        "CFG0312",
        "forwarded-by-hand",
        Severity.Warning,
        "A rule for a header that the proxy writes itself"
    )
    {
        Why =
            "`X-Forwarded-For`, `-Proto`, `-Host` and `X-Real-IP` are written for every upstream, from the connection and "
            + "`trusted_proxies`, and a client's own are dropped. A rule of one's own is needless at best; at worst it breaks the list, "
            + "or passes on what a client made up.",
        Bad = """
            sites:
              - host: a.example.com
                proxy: http://127.0.0.1:3000
                headers: { request: { set: { X-Real-IP: "{client_ip}" } } }

            """,
        Good = """
            sites:
              - host: a.example.com
                proxy: http://127.0.0.1:3000

            """,
    };

    private static readonly string[] _addresses = ["X-Forwarded-For", "X-Real-IP"];

    // A literal here is for a peer that ends TLS and doesn't say so.
    private static readonly string[] _connection = ["X-Forwarded-Proto", "X-Forwarded-Host"];

    public override Rule Rule => Definition;

    public override void Check(Spec spec, LintContext context)
    {
        foreach (Site site in spec.Sites)
        {
            CheckEdits(context, site.Headers.Request);
            foreach (Route route in site.Routes)
            {
                CheckEdits(context, route.Headers.Request);
            }
        }
    }

    private static void CheckEdits(LintContext context, HeaderEdits edits)
    {
        foreach (HeaderValue value in edits.Set.Concat(edits.Add))
        {
            // Some upstreams can't read a list: the client's address alone, instead of it, is a choice.
            bool isOneAddress =
                edits.Set.Contains(value)
                && value.Name.Equals("X-Forwarded-For", StringComparison.OrdinalIgnoreCase)
                && value.Value.ToString() == "{client_ip}";
            if (
                !isOneAddress
                && (
                    _addresses.Contains(value.Name, StringComparer.OrdinalIgnoreCase)
                    || (value.Value.AsLiteral is null && _connection.Contains(value.Name, StringComparer.OrdinalIgnoreCase))
                )
            )
            {
                context.Report(
                    value.At.Span,
                    $"'{value.Name}' is written by the proxy itself",
                    "remove the rule; 'trusted_proxies' says which peers are believed"
                );
            }
        }
    }
}
