using System.Globalization;
using System.Text;
using Confgen.Model.Diagnostics;
using Confgen.Targets.Importing;
using Confgen.Targets.Tests.InMemory;
using Confgen.Targets.Tests.Snapshots;

namespace Confgen.Targets.Tests.Importing;

/// <summary>What holds of every import, whatever the program.</summary>
internal static class ImportReport
{
    // Not text, not YAML, too deep, or YAML that no spec has.
    private static readonly string[] _unreadable = ["CFG0002", "CFG0003", "CFG0005", "CFG0006"];

    /// <summary>Compares the spec and what became of each directive with the files of a case.</summary>
    public static void Compare(string folder, ImportResult result)
    {
        Assert.Null(result.Error);
        var report = new StringBuilder();
        foreach (ImportedDirective directive in result.Directives)
        {
            string fate = directive.Fate.ToString().ToLowerInvariant();
            report.Append($"{directive.File}:{directive.Line}: {fate}: {directive.Text}");
            report.Append(directive.Paths.Count > 0 ? " -> " + string.Join(", ", directive.Paths) : "");
            report.Append(directive.Reason is null ? "\n" : $"\n    {directive.Reason}\n");
        }

        var texts = new Dictionary<string, string> { ["spec.yaml"] = result.Spec ?? "", ["report.txt"] = report.ToString() };
        string difference = Snapshot.Compare(folder, texts, recursive: false);
        Assert.True(difference.Length == 0, difference);
    }

    /// <summary>Every directive has one fate, with a reason or a place, and the spec can be read.</summary>
    /// <param name="result">The import.</param>
    /// <param name="written">How many directives the source has.</param>
    /// <param name="isLine">Whether no two directives share a line.</param>
    public static void IsWhole(ImportResult result, int written, bool isLine)
    {
        Assert.Equal(written, result.Directives.Count);
        Assert.Equal(
            written,
            result
                .Directives.Select(d => string.Create(CultureInfo.InvariantCulture, $"{d.File}:{d.Line}:{(isLine ? "" : d.Text)}"))
                .Distinct()
                .Count()
        );
        Assert.All(result.Directives, d => Assert.True(d.Fate == ImportFate.Said || d.Reason is not null, $"{d.Text}: no reason"));
        Assert.All(result.Directives.Where(d => d.Fate == ImportFate.Said), d => Assert.True(d.Paths.Count > 0, $"{d.Text}: no place"));
        if (result.Spec is { } spec)
        {
            Assert.Empty(
                CompiledText
                    .Of(spec)
                    .Diagnostics.Where(d => d.Severity == Severity.Error && _unreadable.Contains(d.Rule.Code))
                    .Select(d => d.Message)
            );
        }
    }
}
