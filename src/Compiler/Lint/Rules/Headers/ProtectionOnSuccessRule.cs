using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Routes;
using Confgen.Model.Sites;

namespace Confgen.Compiler.Lint.Rules.Headers;

/// <summary>What protects a page protects its errors, too.</summary>
internal sealed class ProtectionOnSuccessRule : LintRule
{
    public static readonly Rule Definition = new(
        "CFG0368",
        "protection-on-success",
        Severity.Info,
        "A header that protects browsers, and that errors lack"
    )
    {
        Why =
            "With `on: success` the rule doesn't hold for errors. Browsers show a page of an error like any other: it can be framed, run "
            + "scripts or be read as another type, and a first visit that fails leaves no HSTS behind. This is nginx's `add_header` "
            + "without `always`, which is seldom meant.",
        Bad = """
            sites:
              - host: a.example.com
                proxy: http://127.0.0.1:3000
                headers: { response: { on: success, set: { X-Frame-Options: DENY } } }

            """,
        Good = """
            sites:
              - host: a.example.com
                proxy: http://127.0.0.1:3000
                headers: { response: { set: { X-Frame-Options: DENY } } }

            """,
    };

    private static readonly HashSet<string> _protecting = new(
        [
            "Content-Security-Policy",
            "Cross-Origin-Embedder-Policy",
            "Cross-Origin-Opener-Policy",
            "Cross-Origin-Resource-Policy",
            "Permissions-Policy",
            "Referrer-Policy",
            "Strict-Transport-Security",
            "X-Content-Type-Options",
            "X-Frame-Options",
        ],
        StringComparer.OrdinalIgnoreCase
    );

    public override Rule Rule => Definition;

    public override void Check(Spec spec, LintContext context)
    {
        foreach (Site site in spec.Sites)
        {
            CheckEdits(context, site.Headers.Response);
            foreach (Route route in site.Routes)
            {
                CheckEdits(context, route.Headers.Response);
            }
        }
    }

    private static void CheckEdits(LintContext context, HeaderEdits edits)
    {
        foreach (HeaderValue value in edits.OnSuccess ? edits.Set.Concat(edits.Add) : [])
        {
            if (_protecting.Contains(value.Name))
            {
                context.Report(value.At.Span, $"errors lack '{value.Name}'", "remove 'on: success', or set this one at the site");
            }
        }
    }
}
