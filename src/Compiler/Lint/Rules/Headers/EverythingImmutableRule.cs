using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Routes;

namespace Confgen.Compiler.Lint.Rules.Headers;

/// <summary>A page that browsers keep for a year can't be mended.</summary>
internal sealed class EverythingImmutableRule : LintRule
{
    public static readonly Rule Definition = new(
        "CFG0366",
        "everything-immutable",
        Severity.Warning,
        "A whole site that browsers keep for good"
    )
    {
        Why =
            "`immutable`, or a `max-age` of weeks, is for files whose name changes with their content. On `path: /` it holds for the "
            + "pages as well: visitors keep the old ones, and nothing can call them back. Give the assets a route of their own.",
        Bad = """
            sites:
              - { host: a.example.com, proxy: "http://127.0.0.1:3000", cache_control: "public, max-age=31536000, immutable" }

            """,
        Good = """
            sites:
              - host: a.example.com
                routes:
                  - { path: /, proxy: "http://127.0.0.1:3000" }
                  - { path: /assets, proxy: "http://127.0.0.1:3000", cache_control: "public, max-age=31536000, immutable" }

            """,
    };

    private const long TooLong = 7 * 24 * 3600;

    public override Rule Rule => Definition;

    public override void Check(Spec spec, LintContext context)
    {
        foreach ((_, Route route) in spec.Routes())
        {
            if (
                route is { Path.IsEverything: true, Match.Count: 0, CacheControl: { } control, Action: ProxyAction or FilesAction }
                && Lasts(control)
            )
            {
                context.Report(
                    route.At.Of(RouteFields.CacheControl),
                    "browsers keep every page of the site, and nothing can call them back",
                    "give the assets a route of their own"
                );
            }
        }
    }

    private static bool Lasts(string control) =>
        control
            .Split(',', StringSplitOptions.TrimEntries)
            .Any(d =>
                d.Equals("immutable", StringComparison.OrdinalIgnoreCase)
                || (
                    d.StartsWith("max-age=", StringComparison.OrdinalIgnoreCase)
                    && long.TryParse(d.AsSpan(8), System.Globalization.NumberStyles.None, null, out long seconds)
                    && seconds > TooLong
                )
            );
}
