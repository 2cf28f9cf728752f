using System.Text.RegularExpressions;
using Confgen.Compiler.Rendering;
using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Sources;

namespace Confgen.Cli.Verifying;

/// <summary>The release of an installed program, beside the one that a spec is rendered for.</summary>
internal static partial class InstalledVersion
{
    public static readonly Rule Differs = new(
        "CFG0452",
        "other-version",
        Severity.Warning,
        "The installed program is another release than the spec's"
    )
    {
        Why =
            "What is rendered depends on the release that reads it, `targets.NAME.version`, so that a spec gives the same files on every "
            + "machine; unless it is written, that is the oldest release that confgen renders for, whose files newer ones take. The "
            + "installed program may refuse them, call a directive deprecated, or lack a fix that the spec's release has.",
        Bad = "targets: { caddy: { version: \"2.11.4\" } }\nsites:\n  - { host: a.example.com, proxy: \"http://127.0.0.1:3000\" }\n",
        Good = "targets: { caddy: { version: \"2.6.2\" } }\nsites:\n  - { host: a.example.com, proxy: \"http://127.0.0.1:3000\" }\n",
        Target = "caddy",
    };

    /// <summary>What the program says of itself; null where it says nothing that can be read.</summary>
    public static TargetVersion? Of(string executable, ITargetProgram program, string folder, CancellationToken stopping)
    {
        (_, string output) = ProgramRun.Of(executable, program.SayVersion(folder), folder, stopping);
        return Number().Match(output) is { Success: true } found && TargetVersion.TryParse(found.Value, out TargetVersion version)
            ? version
            : null;
    }

    /// <summary>The warning where the installed release isn't the spec's; else null.</summary>
    public static Diagnostic? Compare(ITarget target, TargetSettings settings, TargetVersion installed)
    {
        string? text = settings.Text("version");
        TargetVersion rendered = target.DefaultVersion;
        if (target.Versions.Count == 0 || (text is not null && !TargetVersion.TryParse(text, out rendered)) || IsSame(rendered, installed))
        {
            return null;
        }

        (TargetVersion oldest, TargetVersion newest) = (target.Versions[0], target.Versions[^1]);
        string message = text is null
            ? $"{target.Name} {installed} is installed; the spec names no release, so it is rendered for {rendered}"
            : $"{target.Name} {installed} is installed; the spec is rendered for {rendered}";
        string hint =
            installed < oldest ? $"confgen renders for {target.Name} from {oldest} on"
            : (installed.Major, installed.Minor).CompareTo((newest.Major, newest.Minor)) <= 0 ? Write(installed)
            : rendered == newest ? $"{newest} is the newest release that confgen knows"
            : $"{Write(newest)}, the newest release that confgen knows";
        return new Diagnostic(Differs, text is null ? SourceSpan.None : settings.At.Of("version"), message) { Hint = hint };

        string Write(TargetVersion version) =>
            text is null ? $"write 'targets: {{ {target.Name}: {{ version: \"{version}\" }} }}'" : $"write \"{version}\"";
    }

    // A release that is written without its last number stands for all of them.
    private static bool IsSame(TargetVersion rendered, TargetVersion installed) =>
        (rendered.Major, rendered.Minor) == (installed.Major, installed.Minor)
        && (rendered.Patch == 0 || rendered.Patch == installed.Patch);

    [GeneratedRegex(@"[0-9]+\.[0-9]+(\.[0-9]+)?", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Number();
}
