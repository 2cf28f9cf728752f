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
    /// <param name="surroundings">The environment.</param>
    /// <param name="names">The names, or <see cref="Every"/>.</param>
    /// <param name="toRender">Whether files are wanted: then confgen's own proxy is none of them.</param>
    public static IReadOnlyList<ITarget>? ByName(CliEnvironment surroundings, IReadOnlyList<string> names, bool toRender = false)
    {
        IReadOnlyList<ITarget> all = [.. surroundings.Targets().Where(t => !toRender || t is IRenderingTarget)];
        if (names.Contains(Every, StringComparer.Ordinal))
        {
            return all;
        }

        var chosen = new List<ITarget>();
        foreach (string name in names)
        {
            if (all.FirstOrDefault(t => t.Name == name) is not { } target)
            {
                if (surroundings.Targets().Any(t => t.Name == name))
                {
                    surroundings.Complain(
                        CallRules.NoTarget,
                        $"nothing is built for '{name}'",
                        "'confgen serve' takes the spec as it is; 'confgen validate -t serve' tells what it can't do"
                    );
                    return null;
                }

                surroundings.Complain(
                    CallRules.NoTarget,
                    $"there is no target '{name}'",
                    Spelling.DidYouMean(name, all.Select(t => t.Name)) ?? "there are: " + string.Join(", ", all.Select(t => t.Name))
                );
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
