using Confgen.Cli.Verifying;
using Confgen.Compiler.Rendering;
using Confgen.Model.Diagnostics;

namespace Confgen.Cli.Testing.OnPrograms;

/// <summary>On which programs tests are tried.</summary>
internal static class ProgramChoice
{
    /// <summary>Every name that may be given.</summary>
    public static IReadOnlyList<string> Names(CliEnvironment surroundings) =>
        [
            .. surroundings
                .Targets()
                .Select(t => t.Name)
                .Where(n => surroundings.Programs().OfType<IServingProgram>().Any(p => p.Target == n)),
            BuiltInServer.Name,
        ];

    /// <summary>Why a name can't be had here, with the way out; null where it can.</summary>
    public static (string Problem, string WayOut)? Fault(CliEnvironment surroundings, string name)
    {
        IReadOnlyList<string> names = Names(surroundings);
        if (!names.Contains(name, StringComparer.Ordinal))
        {
            return ($"tests can't be run on '{name}'", Spelling.DidYouMean(name, names) ?? "they can on: " + string.Join(", ", names));
        }

        return
            surroundings.Programs().FirstOrDefault(p => p.Target == name) is { } program
            && Executables.Find(program.Executable, surroundings.Variable) is null
            ? ($"{program.Executable} is not installed here", "install it, or leave it out of --on")
            : null;
    }
}
