using System.Globalization;
using Confgen.Compiler.Rendering;
using Confgen.Model.Diagnostics;

namespace Confgen.Cli.Output;

/// <summary>
/// What a program does whatever the spec says: the same at every build, and nothing that the spec's author could change. For people it is
/// one line a program.
/// </summary>
/// <param name="Text">The line, but for the command.</param>
/// <param name="Command">The command that lists the details.</param>
internal sealed record ProgramAsides(string Text, string Command)
{
    public static bool Is(Diagnostic diagnostic) =>
        diagnostic is { Severity: Severity.Info, Span.IsSome: false } && diagnostic.Rule.Equals(CapabilityRules.ProgramDiffers);

    public static IEnumerable<ProgramAsides> Of(IEnumerable<Diagnostic> diagnostics) =>
        diagnostics
            .Where(Is)
            .GroupBy(d => d.Message[..d.Message.IndexOf(':', StringComparison.Ordinal)], StringComparer.Ordinal)
            .Select(program => new ProgramAsides(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{program.Key} differs in {program.Count()} {(program.Count() == 1 ? "detail" : "details")} whatever the spec says"
                ),
                "confgen targets " + program.Key.Split(' ')[0]
            ));
}
