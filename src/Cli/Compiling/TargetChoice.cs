using Confgen.Compiler.Rendering;
using Confgen.Model;
using Confgen.Model.Diagnostics;

namespace Confgen.Cli.Compiling;

/// <summary>Which targets a call is for.</summary>
internal static class TargetChoice
{
    /// <summary>The word for all targets.</summary>
    public const string Every = "all";

    /// <summary>The targets by their names on the command line; where one is unknown, says so and gives null.</summary>
    public static IReadOnlyList<ITarget>? ByName(CliEnvironment surroundings, IReadOnlyList<string> names)
    {
        IReadOnlyList<ITarget> all = surroundings.Targets();
        if (names.Contains(Every, StringComparer.Ordinal))
        {
            return all;
        }

        var chosen = new List<ITarget>();
        foreach (string name in names)
        {
            if (all.FirstOrDefault(t => t.Name == name) is not { } target)
            {
                surroundings.Complain(CallRules.NoTarget, $"there is no target '{name}'", Spelling.DidYouMean(name, all.Select(t => t.Name)) ?? "there are: " + string.Join(", ", all.Select(t => t.Name)));
                return null;
            }

            if (!chosen.Contains(target))
            {
                chosen.Add(target);
            }
        }

        return chosen;
    }

    /// <summary>The targets that a spec speaks of under <c>targets:</c>: what is meant where the call names none.</summary>
    public static IReadOnlyList<ITarget> OfSpec(CliEnvironment surroundings, Spec spec) =>
        [.. surroundings.Targets().Where(t => spec.Targets.Any(s => s.Target == t.Name))];
}
