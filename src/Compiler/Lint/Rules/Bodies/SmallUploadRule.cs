using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Routes;
using Confgen.Model.Units;

namespace Confgen.Compiler.Lint.Rules.Bodies;

/// <summary>An upload is bigger than a form.</summary>
internal sealed class SmallUploadRule : LintRule
{
    private const long Small = 2 * 1024 * 1024;

    public static readonly Rule Definition = new(
        "CFG0350",
        "small-upload-limit",
        Severity.Warning,
        "An upload route that takes next to nothing"
    )
    {
        Why =
            "A photograph has several megabytes; over `max_body` the client gets 413. Raise the limit for this route. The rule goes by a "
            + "path segment `upload`, `uploads`, `media`, `attachments` or `import`.",
        Bad = """
            sites:
              - host: a.example.com
                max_body: 1MB
                routes:
                  - { path: /, proxy: "http://127.0.0.1:3000" }
                  - { path: /upload, proxy: "http://127.0.0.1:3000" }

            """,
        Good = """
            sites:
              - host: a.example.com
                max_body: 1MB
                routes:
                  - { path: /, proxy: "http://127.0.0.1:3000" }
                  - { path: /upload, proxy: "http://127.0.0.1:3000", max_body: 50MB }

            """,
    };

    private static readonly string[] _segments = ["upload", "uploads", "media", "attachments", "import"];

    public override Rule Rule => Definition;

    public override void Check(Spec spec, LintContext context)
    {
        foreach ((_, Route route, _) in spec.ProxyRoutes())
        {
            bool upload =
                route.Path.Kind != PathMatcherKind.Regex
                && route.Path.Text.Split('/').Any(s => _segments.Contains(s, StringComparer.OrdinalIgnoreCase));
            if (
                upload
                && route.MaxBody is > 0 and <= Small
                && (route.Match.Methods.Count == 0 || !route.Match.Methods.All(m => m is "GET" or "HEAD"))
            )
            {
                context.Report(
                    route.WroteItself("max_body") ? route.At.Of(RouteFields.MaxBody) : route.Path.At.Span,
                    $"uploads over {Sizes.Format(route.MaxBody)} are refused with 413",
                    "give this route a bigger 'max_body'"
                );
            }
        }
    }
}
