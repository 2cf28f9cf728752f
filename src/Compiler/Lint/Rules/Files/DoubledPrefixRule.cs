using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Routes;

namespace Confgen.Compiler.Lint.Rules.Files;

/// <summary>The whole path is looked up below the root.</summary>
internal sealed class DoubledPrefixRule : LintRule
{
    public static readonly Rule Definition = new(
        "CFG0394",
        "doubled-files-prefix",
        Severity.Warning,
        "A root that ends in the route's own path"
    )
    {
        Why =
            "Files are looked up by the whole path, as with nginx's `root`: `path: /docs` below `/var/www/docs` looks for "
            + "`/var/www/docs/docs/...`. Name the directory above, or add `strip_prefix: true`, as with nginx's `alias`.",
        Bad = """
            sites:
              - host: a.example.com
                routes:
                  - { path: /docs, files: /var/www/docs }

            """,
        Good = """
            sites:
              - host: a.example.com
                routes:
                  - { path: /docs, files: /var/www }

            """,
    };

    public override Rule Rule => Definition;

    public override void Check(Spec spec, LintContext context)
    {
        foreach ((_, Route route) in spec.Routes())
        {
            if (
                route
                    is {
                        Files: { } files,
                        Rewrite: not { Kind: PathRewriteKind.StripPrefix },
                        Path: { Kind: PathMatcherKind.Prefix, Text.Length: > 1 } path
                    }
                && files.Root.TrimEnd('/').EndsWith(path.Text, StringComparison.Ordinal)
            )
            {
                string root = files.Root.TrimEnd('/');
                context.Report(
                    RootPlace.Of(route, files),
                    $"'{path.Text}/x' is looked up as '{root}{path.Text}/x'",
                    $"write '{(root.Length > path.Text.Length ? root[..^path.Text.Length] : "/")}', or add 'strip_prefix: true'"
                );
            }
        }
    }
}
