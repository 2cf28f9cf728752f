using System.Globalization;
using System.Text;
using Confgen.Compiler;
using Confgen.Compiler.Syntax;
using Confgen.Model.Diagnostics;

namespace Confgen.Targets.Tests.Snapshots;

/// <summary>Writes each diagnostic under the line that it is about.</summary>
internal static class DiagnosticsListing
{
    /// <summary>
    /// The listing. What a program does whatever the spec says has no line and is left out: it would stand in every case.
    /// </summary>
    public static string Of(Compilation compilation, IReadOnlyList<Diagnostic> diagnostics)
    {
        var text = new StringBuilder();
        foreach (
            IGrouping<string, Diagnostic> file in diagnostics
                .Where(d => d.Span.IsSome)
                .GroupBy(d => d.Span.File, StringComparer.Ordinal)
                .OrderBy(g => g.Key, StringComparer.Ordinal)
        )
        {
            text.Append(text.Length > 0 ? "\n" : "").Append(file.Key).Append('\n');
            foreach (IGrouping<int, Diagnostic> line in file.GroupBy(d => d.Span.Line).OrderBy(g => g.Key))
            {
                string source = compilation.Sources.TryGetValue(file.Key, out SourceText? known) ? known.Line(line.Key) : "";
                text.Append(CultureInfo.InvariantCulture, $"{line.Key, 5} | {source.TrimEnd()}\n");
                foreach (
                    Diagnostic diagnostic in line.OrderBy(d => d.Span.Column)
                        .ThenBy(d => d.Rule.Code, StringComparer.Ordinal)
                        .ThenBy(d => d.Message, StringComparer.Ordinal)
                )
                {
                    Append(text, diagnostic, source.Length);
                }
            }
        }

        return text.Length == 0 ? "none\n" : text.Replace(CaseFiles.Root, "").ToString();
    }

    private static void Append(StringBuilder text, Diagnostic d, int lineLength)
    {
        string indent = new(' ', 6);
        int end = d.Span.EndLine > d.Span.Line ? Math.Max(lineLength + 1, d.Span.Column + 1) : d.Span.EndColumn;
        text.Append(indent)
            .Append("| ")
            .Append(' ', d.Span.Column - 1)
            .Append('~', Math.Max(1, end - d.Span.Column))
            .Append(CultureInfo.InvariantCulture, $" {d.Severity.ToString().ToLowerInvariant()} {d.Rule.Code} {d.Message}\n");
        string further = indent + "| " + new string(' ', d.Span.Column - 1);
        if (d.Hint is { } hint)
        {
            text.Append(further).Append("  hint: ").Append(hint).Append('\n');
        }

        foreach (RelatedSpan related in d.Related)
        {
            text.Append(further)
                .Append("  at ")
                .Append(related.Span.File)
                .Append(CultureInfo.InvariantCulture, $":{related.Span.Line}:{related.Span.Column}: {related.Message}\n");
        }
    }
}
