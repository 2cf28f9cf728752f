using System.Text.RegularExpressions;
using Confgen.Compiler;
using Confgen.Compiler.Rendering;
using Confgen.Model;
using Confgen.Model.Diagnostics;

namespace Confgen.Cli.Diffing;

/// <summary>What a program does differently with a spec, or no longer does.</summary>
/// <param name="Target">The program, with both versions where they differ.</param>
/// <param name="IsNew">Whether the difference to the spec comes; else it goes.</param>
/// <param name="Diagnostic">What the build says of it.</param>
internal sealed partial record TargetDifference(string Target, bool IsNew, Diagnostic Diagnostic)
{
    /// <summary>Compares what two versions of a program, or one program with two specs, can do.</summary>
    /// <param name="target">The program.</param>
    /// <param name="old">The old spec.</param>
    /// <param name="new">The new one.</param>
    /// <param name="versions">The versions to render for; null for those that the specs name.</param>
    public static IReadOnlyList<TargetDifference> Of(ITarget target, Compilation old, Compilation @new, (string? Old, string? New) versions)
    {
        (RenderResult before, RenderResult after) = (Render(target, old, versions.Old), Render(target, @new, versions.New));
        string name = versions is { Old: { } was, New: { } now } ? $"{target.Name} {was} to {now}" : target.Name;
        HashSet<(string, string)> known = [.. before.Diagnostics.Select(KeyOf)];
        HashSet<(string, string)> kept = [.. after.Diagnostics.Select(KeyOf)];
        return
        [
            .. after.Diagnostics.Where(d => !known.Contains(KeyOf(d))).DistinctBy(KeyOf).Select(d => new TargetDifference(name, true, d)),
            .. before.Diagnostics.Where(d => !kept.Contains(KeyOf(d))).DistinctBy(KeyOf).Select(d => new TargetDifference(name, false, d)),
        ];
    }

    private static RenderResult Render(ITarget target, Compilation compilation, string? version)
    {
        if (version is null || compilation.Spec is not { } spec)
        {
            return compilation.Render(target, Layout.Complete);
        }

        TargetSettings settings = spec.SettingsOf(target.Name);
        var values = new Dictionary<string, ValueList<string>>(settings.Values, StringComparer.Ordinal) { ["version"] = [version] };
        ValueList<TargetSettings> all = [.. spec.Targets.Where(t => t.Target != target.Name), settings with { Values = values }];
        return compilation.With(spec with { Targets = all }).Render(target, Layout.Complete);
    }

    // The same thing said of another line is the same; a message names the version that it speaks of.
    private static (string, string) KeyOf(Diagnostic diagnostic) => (diagnostic.Rule.Code, Version().Replace(diagnostic.Message, "*"));

    [GeneratedRegex(@"\b\d+(\.\d+)+\b", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Version();
}
