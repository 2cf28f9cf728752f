using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Routes;

namespace Confgen.Compiler.Lint.Rules.Files;

/// <summary>A root holds what is meant for everybody, and nothing else.</summary>
internal sealed class WideRootRule : LintRule
{
    public static readonly Rule Definition = new(
        "CFG0390",
        "wide-files-root",
        Severity.Warning,
        "A directory of the system or of a user, served to everybody"
    )
    {
        Why =
            "Every file below `root` that the program may read can be fetched: keys, password files, logs. Serve a directory that holds "
            + "nothing else, as /var/www/site.",
        Bad = """
            sites:
              - host: a.example.com
                routes:
                  - { path: /, files: /home/alice }

            """,
        Good = """
            sites:
              - host: a.example.com
                routes:
                  - { path: /, files: /var/www/site }

            """,
    };

    private static readonly HashSet<string> _wide = new(StringComparer.Ordinal)
    {
        "",
        "/bin",
        "/boot",
        "/dev",
        "/etc",
        "/home",
        "/lib",
        "/mnt",
        "/opt",
        "/proc",
        "/root",
        "/run",
        "/srv",
        "/sys",
        "/tmp",
        "/usr",
        "/var",
        "/var/lib",
        "/var/log",
        "/var/tmp",
        "/Users",
    };

    public override Rule Rule => Definition;

    public override void Check(Spec spec, LintContext context)
    {
        foreach ((_, Route route) in spec.Routes())
        {
            if (route.Files is { } files && IsWide(files.Root.TrimEnd('/')))
            {
                context.Report(
                    RootPlace.Of(route, files),
                    $"every file below '{files.Root}' can be fetched",
                    "serve a directory that holds nothing else"
                );
            }
        }
    }

    private static bool IsWide(string root)
    {
        string[] segments = root.Split('/');
        return _wide.Contains(root)
            || (segments is ["", "home" or "Users", _])
            || (segments.Length > 1 && segments[1] is "etc" or "root" or "proc" or "sys" or "dev")
            || segments.Any(s => s is ".ssh" or ".git" or ".aws" or ".gnupg");
    }
}
