using Confgen.Compiler.Lint.Rules.Routes;
using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Routes;
using Confgen.Model.Sites;

namespace Confgen.Compiler.Lint.Rules.Regexes;

/// <summary>A regex for one application's files takes those of all the others.</summary>
internal sealed class RegexTakesFromPathRule : LintRule
{
    // A site with more has been generated; the comparison would grow with their product.
    private const int MaxRegexes = 64;

    public static readonly Rule Definition = new(
        "CFG0383",
        "regex-takes-from-path",
        Severity.Info,
        "A regex that takes files from below a path which goes elsewhere"
    )
    {
        Why =
            @"A regex goes before every `path`, however long: with `\.(js|css)$` to one application, another one under `path: /docs` never sees a request for its own `/docs/app.js`. Anchor the regex to its application's paths, or write it as a `path`.",
        Bad = """
            sites:
              - host: a.internal
                routes:
                  - { regex: '\.(js|css)$', proxy: "http://127.0.0.1:3000" }
                  - { path: /docs, proxy: "http://127.0.0.1:4000" }

            """,
        Good = """
            sites:
              - host: a.internal
                routes:
                  - { regex: '^/assets/.*\.(js|css)$', proxy: "http://127.0.0.1:3000" }
                  - { path: /docs, proxy: "http://127.0.0.1:4000" }

            """,
    };

    private static readonly string[] _files = ["x.js", "x.css", "x.png", "x.svg", "x.html", "x.json", "x.php", "x.woff2"];

    public override Rule Rule => Definition;

    public override void Check(Spec spec, LintContext context)
    {
        var choice = new RouteChoice();
        foreach (Site site in spec.Sites)
        {
            int regexes = site.Routes.Count(r => r.Path.Kind == PathMatcherKind.Regex);
            foreach (
                Route route in regexes is 0 or > MaxRegexes
                    ? []
                    : site.Routes.Where(r => r.Path is { Kind: PathMatcherKind.Prefix, Text.Length: > 1 })
            )
            {
                foreach (string file in _files)
                {
                    string path = route.Path.Text + "/" + file;
                    if (
                        choice.Candidates(site, path) is [{ Path.Kind: PathMatcherKind.Regex, Match.Count: 0 } taker, ..]
                        && Differ(taker.Action, route.Action)
                    )
                    {
                        context.Report(
                            route.Path.At.Span,
                            $"'{path}' goes elsewhere: {taker.Path} takes it first",
                            "anchor the regex, as '^/assets/...', or write it as a 'path'",
                            new RelatedSpan(taker.Path.At.Span, "the regex")
                        );
                        break;
                    }
                }
            }
        }
    }

    private static bool Differ(RouteAction taker, RouteAction taken) =>
        (taker, taken) switch
        {
            (ProxyAction a, ProxyAction b) => a.Upstream.Name != b.Upstream.Name,
            (FilesAction a, FilesAction b) => a.Root != b.Root,
            (ProxyAction or FilesAction, ProxyAction or FilesAction) => true,
            _ => false,
        };
}
