using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Routes;
using Confgen.Model.Templates;

namespace Confgen.Compiler.Lint.Rules.Routes;

/// <summary>Where a redirect goes is the author's choice, not the client's.</summary>
internal sealed class OpenRedirectRule : LintRule
{
    public static readonly Rule Definition = new(
        "CFG0388",
        "open-redirect",
        Severity.Warning,
        "A redirect whose destination the client chooses"
    )
    {
        Why =
            "A link to your host that leads to somebody else's is what phishing needs. `{uri}` alone may start with two slashes, and "
            + "`{path}` with a slash and a backslash, which a browser reads as another host, and `https://example.com{query}` becomes "
            + "`https://example.com.evil.test`; a value of the request, as `{query.next}`, may be any URL. Write the host, and a `/` or "
            + "`{uri}` behind it.",
        Bad = """
            sites:
              - host: a.example.com
                routes:
                  - { path: /, match: { query: { old: "1" } }, redirect: "{uri}" }

            """,
        Good = """
            sites:
              - host: a.example.com
                routes:
                  - { path: /, match: { query: { old: "1" } }, redirect: "https://b.example.com{uri}" }

            """,
    };

    public override Rule Rule => Definition;

    public override void Check(Spec spec, LintContext context)
    {
        foreach ((_, Route route) in spec.Routes())
        {
            if (route.Action is RedirectAction redirect && ChosenByClient(redirect.To, route.Path) is { } placeholder)
            {
                context.Report(
                    redirect.At.Span.IsSome ? redirect.At.Of(RedirectFields.To) : route.At.Of(RouteFields.Redirect),
                    $"{placeholder.Written} lets the client choose the host that it is sent to",
                    "write 'https://', the host, and '{uri}' or a path"
                );
            }
        }
    }

    // The placeholder that reaches into the host's place. A path or a target behind a host starts with a slash and ends it.
    private static TemplatePart? ChosenByClient(TextTemplate to, PathMatcher path)
    {
        string before = "";
        foreach ((int i, TemplatePart part) in to.Parts.Index())
        {
            if (part.Literal is { } text)
            {
                before += text;

                // A slash, or what a browser reads as one, at the start of what a group takes would make the next segment a host.
                if (before == "/" && i + 1 < to.Parts.Count && to.Parts[i + 1].Placeholder == Placeholder.Group)
                {
                    return to.Parts[i + 1];
                }

                int scheme = before.IndexOf("//", StringComparison.Ordinal);
                if (before.AsSpan(scheme < 0 ? 0 : scheme + 2).IndexOfAny('/', '?', '#') >= 0)
                {
                    return null;
                }

                continue;
            }

            switch (part.Placeholder)
            {
                case Placeholder.Uri when before.Length == 0:
                case Placeholder.Path when before.Length == 0 && (path.Kind == PathMatcherKind.Regex || path.IsEverything):
                case Placeholder.Query or Placeholder.QueryValue or Placeholder.Header or Placeholder.Cookie or Placeholder.Group:
                    return part;
                case Placeholder.Uri or Placeholder.Path:
                    return null;
                default:
                    before += "x";
                    break;
            }
        }

        return null;
    }
}
