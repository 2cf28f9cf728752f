using Confgen.Compiler.Lint.Rules.Routes;
using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Routes;
using Confgen.Model.Sites;

namespace Confgen.Compiler.Lint.Rules.Files;

/// <summary>A checkout holds more than the site.</summary>
internal sealed class HiddenFilesRule : LintRule
{
    public static readonly Rule Definition = new(
        "CFG0391",
        "hidden-files-served",
        Severity.Warning,
        "A served directory with secrets in hidden files"
    )
    {
        Why =
            "The directory has a `.git`, `.env` or `.htpasswd`, and whoever asks for it gets it: the whole history, the database's "
            + "password. It is the first thing that scanners try. Serve a directory of build outputs, or answer `regex: '/\\.'` with "
            + "`respond: 404` (leave `/.well-known` out of it).",
        Bad = """
            sites:
              - host: a.example.com
                routes:
                  - { path: /, files: /var/www/checkout }

            """,
        Good = """
            sites:
              - host: a.example.com
                routes:
                  - { path: /, files: /var/www/checkout }
                  - { regex: '/\.(git|env|ht)', respond: 404 }

            """,
        Files = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["/var/www/checkout/.git/HEAD"] = "ref: refs/heads/main\n",
            ["/var/www/checkout/.env"] = "PASSWORD=x\n",
        },
    };

    private static readonly string[] _telling = [".git/HEAD", ".env", ".htpasswd", ".svn/entries"];

    public override Rule Rule => Definition;

    public override void Check(Spec spec, LintContext context)
    {
        var choice = new RouteChoice();
        var known = new Dictionary<string, string[]>(StringComparer.Ordinal);
        foreach ((Site site, Route route) in spec.Routes())
        {
            if (route.Files is not { } files || route.Path.Kind != PathMatcherKind.Prefix)
            {
                continue;
            }

            if (!known.TryGetValue(files.Root, out string[]? there))
            {
                known[files.Root] = there = [.. _telling.Where(t => context.Files.FileExists(Path.Combine(files.Root, t)))];
            }

            string below = route.Path.Text == "/" ? "" : route.Path.Text;
            string? served = there.FirstOrDefault(t =>
                (below.Length == 0 || route.Rewrite is { Kind: PathRewriteKind.StripPrefix })
                && ReferenceEquals(choice.Certain(site, below + "/" + t), route)
            );
            if (served is not null)
            {
                context.Report(
                    RootPlace.Of(route, files),
                    $"'{below}/{served}' can be fetched from '{files.Root}'",
                    @"serve another directory, or answer the regex '/\.(git|env|ht)' with 'respond: 404'"
                );
            }
        }
    }
}
