using Confgen.Compiler.Syntax;
using Confgen.Model.Diagnostics;

namespace Confgen.Cli.Output;

/// <summary>What was found in one spec.</summary>
/// <param name="Spec">The spec's name as the user gave it.</param>
/// <param name="Diagnostics">What was found.</param>
/// <param name="Sources">The files that it was found in, by name.</param>
internal sealed record Report(string Spec, IReadOnlyList<Diagnostic> Diagnostics, IReadOnlyDictionary<string, SourceText> Sources)
{
    /// <summary>What was found; a thing that several stages found is told once.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; } = [.. Diagnostics.DistinctBy(d => (d.Rule.Code, d.Span, d.Message))];

    /// <summary>What became of the files of the output; empty where none was asked for.</summary>
    public IReadOnlyList<ReportedFile> Files { get; init; } = [];

    /// <summary>The same report with other diagnostics.</summary>
    public Report With(IReadOnlyList<Diagnostic> diagnostics) => new(Spec, diagnostics, Sources) { Files = Files };

    public int Errors => Count(Severity.Error);

    public int Warnings => Count(Severity.Warning);

    /// <summary>The code that the process ends with: warnings count only where the caller is strict.</summary>
    public int ExitCode(bool strict) => Errors > 0 || (strict && Warnings > 0) ? Cli.ExitCode.BadSpec : Cli.ExitCode.Good;

    private int Count(Severity severity)
    {
        int count = 0;
        foreach (Diagnostic diagnostic in Diagnostics)
        {
            count += diagnostic.Severity == severity ? 1 : 0;
        }

        return count;
    }
}
