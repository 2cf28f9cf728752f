using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Routes;
using Confgen.Model.Sites;

namespace Confgen.Compiler.Lint.Rules.Headers;

/// <summary>Headers that browsers have forgotten.</summary>
internal sealed class ObsoleteHeaderRule : LintRule
{
    public static readonly Rule Definition = new(
        "CFG0361",
        "obsolete-header",
        Severity.Warning,
        "A response header that browsers no longer use"
    )
    {
        Why =
            "Some headers of old hardening guides do nothing today, and `X-XSS-Protection: 1` even opened holes before browsers dropped "
            + "it. The message names what took the header's place.",
        Bad = """
            sites:
              - host: a.example.com
                proxy: http://127.0.0.1:3000
                headers: { response: { set: { X-XSS-Protection: "1; mode=block" } } }

            """,
        Good = """
            sites:
              - host: a.example.com
                proxy: http://127.0.0.1:3000
                headers: { response: { set: { Content-Security-Policy: "default-src 'self'" } } }

            """,
    };

    private static readonly Dictionary<string, string> _instead = new(StringComparer.OrdinalIgnoreCase)
    {
        ["X-XSS-Protection"] = "remove it; a Content-Security-Policy protects instead",
        ["Public-Key-Pins"] = "remove it; certificate transparency took its place",
        ["Public-Key-Pins-Report-Only"] = "remove it; certificate transparency took its place",
        ["Expect-CT"] = "remove it; browsers check certificate transparency by themselves",
        ["Feature-Policy"] = "write Permissions-Policy, whose syntax differs",
        ["X-Content-Security-Policy"] = "write Content-Security-Policy",
        ["X-WebKit-CSP"] = "write Content-Security-Policy",
        ["X-UA-Compatible"] = "remove it; it was for Internet Explorer",
        ["P3P"] = "remove it; it was for Internet Explorer",
        ["Pragma"] = "write 'cache_control' on the route; in responses this header was never defined",
    };

    public override Rule Rule => Definition;

    public override void Check(Spec spec, LintContext context)
    {
        foreach (Site site in spec.Sites)
        {
            foreach (
                HeaderValue value in site
                    .Routes.Select(r => r.Headers.Response)
                    .Prepend(site.Headers.Response)
                    .Where(e => !e.IsEmpty)
                    .SelectMany(e => e.Set.Concat(e.Add))
            )
            {
                // "0" switches the old filter off, as OWASP advises.
                if (_instead.TryGetValue(value.Name, out string? instead) && value.Value.AsLiteral != "0")
                {
                    context.Report(value.At.Span, $"browsers no longer heed '{value.Name}'", instead);
                }
                else if (
                    value.Name.Equals("X-Frame-Options", StringComparison.OrdinalIgnoreCase)
                    && value.Value.AsLiteral?.StartsWith("ALLOW-FROM", StringComparison.OrdinalIgnoreCase) == true
                )
                {
                    context.Report(
                        value.At.Span,
                        "browsers no longer heed 'ALLOW-FROM'",
                        "write Content-Security-Policy: frame-ancestors https://..."
                    );
                }
            }
        }
    }
}
