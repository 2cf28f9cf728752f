using System.Globalization;
using Confgen.Compiler.Rendering;
using Confgen.Model.Diagnostics;
using Confgen.Model.Sources;

namespace Confgen.Cli.Output;

/// <summary>Workflow commands of GitHub Actions: each diagnostic becomes an annotation on its line of a pull request.</summary>
internal sealed class GithubFormat(CliEnvironment surroundings) : IReportFormat
{
    /// <inheritdoc/>
    public void Write(TextWriter writer, IReadOnlyList<Report> reports)
    {
        Diagnostic[] all = [.. reports.SelectMany(r => r.Diagnostics)];
        foreach (Diagnostic diagnostic in all.Where(d => !ProgramAsides.Is(d)))
        {
            string text = diagnostic.Hint is { } hint ? $"{diagnostic.Message}\n{hint}" : diagnostic.Message;
            text = diagnostic.Related.Aggregate(text, (all, related) => $"{all}\n{related.Message}: {related.Span}");
            Write(writer, diagnostic.Severity, diagnostic.Span, TitleOf(diagnostic.Rule), text);
        }

        // GitHub shows ten notices of a step.
        foreach (ProgramAsides program in ProgramAsides.Of(all))
        {
            string title = TitleOf(CapabilityRules.ProgramDiffers);
            Write(writer, Severity.Info, SourceSpan.None, title, $"{program.Text}; {program.Command} lists them");
        }
    }

    private static string TitleOf(Rule rule) => $"{rule.Code} {rule.Name}";

    /// <summary>Writes one annotation.</summary>
    public void Write(TextWriter writer, Severity severity, SourceSpan span, string title, string text)
    {
        string command = severity switch
        {
            Severity.Error => "error",
            Severity.Warning => "warning",
            _ => "notice",
        };
        string place = span.File.Length == 0 ? "" : $"file={Property(PathOf(span.File))},";
        if (span.IsSome)
        {
            place += string.Create(
                CultureInfo.InvariantCulture,
                $"line={span.Line},col={span.Column},endLine={span.EndLine},endColumn={span.EndColumn},"
            );
        }

        writer.WriteLine($"::{command} {place}title={Property(title)}::{Data(text)}");
    }

    // Annotations want paths from the workspace's root, wherever the step runs.
    private string PathOf(string file)
    {
        string? workspace = surroundings.Variable("GITHUB_WORKSPACE");
        return string.IsNullOrEmpty(workspace) || file.StartsWith('<')
            ? file
            : Path.GetRelativePath(workspace, surroundings.FullPath(file)).Replace('\\', '/');
    }

    // What is left of control characters would reach the terminal of whoever reads the log.
    private static string Data(string text) =>
        Visible.Lines(text).Replace("%", "%25", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);

    private static string Property(string text) =>
        Data(text).Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);
}
