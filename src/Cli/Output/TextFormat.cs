using System.Globalization;
using System.Text.RegularExpressions;
using Confgen.Compiler.Rendering;
using Confgen.Compiler.Syntax;
using Confgen.Model.Diagnostics;
using Confgen.Model.Sources;

namespace Confgen.Cli.Output;

/// <summary>
/// For people: each diagnostic with the line that it is about and the way out under the marked text, as compilers print it and editors
/// jump to it.
/// </summary>
internal sealed partial class TextFormat(Terminal terminal) : IReportFormat
{
    // Wide enough for most lines' numbers, so that the bars of all diagnostics stand in one column.
    private const int NumberWidth = 5;

    private readonly Paint _paint = new(terminal.HasColours);

    /// <inheritdoc/>
    public void Write(TextWriter writer, IReadOnlyList<Report> reports)
    {
        foreach (Report report in reports)
        {
            foreach (
                IGrouping<(string, string, string, Severity), Diagnostic> same in report
                    .Diagnostics.Where(d => !ProgramAsides.Is(d))
                    .GroupBy(d => (d.Rule.Code, Shape(d, d.Message), Shape(d, d.Hint), d.Severity))
            )
            {
                Write(writer, same.First(), report.Sources);
                WriteOthers(writer, [.. same.Skip(1)]);
            }

            WriteAsides(writer, report.Diagnostics);
        }

        WriteSummary(writer, reports);
    }

    /// <summary>An error of a valid spec: what this host can't do.</summary>
    public void WriteError(TextWriter writer, Rule rule, SourceSpan span, string message, IReadOnlyDictionary<string, SourceText> sources)
    {
        WriteHead(writer, span, $"{Word(Severity.Error)} {rule.Code}", message);
        WriteExcerpt(writer, span, Severity.Error, "", sources);
    }

    private void Write(TextWriter writer, Diagnostic diagnostic, IReadOnlyDictionary<string, SourceText> sources)
    {
        WriteHead(writer, diagnostic.Span, $"{Word(diagnostic.Severity)} {diagnostic.Rule.Code}", diagnostic.Message);
        WriteExcerpt(writer, diagnostic.Span, diagnostic.Severity, Hint(diagnostic), sources);
        if (diagnostic.Related.Count > 1)
        {
            foreach (RelatedSpan related in diagnostic.Related)
            {
                writer.WriteLine(
                    _paint.Dim(new string(' ', NumberWidth) + " =")
                        + $" {Visible.Text(related.Message)}: {Visible.Text(related.Span.ToString())}"
                );
            }
        }
    }

    // Advice that differs in names alone is the same; each error is something else to correct.
    private static string Shape(Diagnostic diagnostic, string? text) =>
        diagnostic.Severity == Severity.Error ? text ?? "" : Quoted().Replace(text ?? "", "''");

    [GeneratedRegex("'[^']*'", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Quoted();

    // The same at many places is told once, with the other places in one line.
    private void WriteOthers(TextWriter writer, Diagnostic[] others)
    {
        const int MostPlaces = 8;
        if (others.Length > 0)
        {
            string places = string.Join(", ", others.Take(MostPlaces).Select(d => Visible.Text(d.Span.ToString())));
            int more = others.Length - MostPlaces;
            string rest = more > 0 ? string.Create(CultureInfo.InvariantCulture, $" and {more} more places") : "";
            writer.WriteLine(_paint.Dim(new string(' ', NumberWidth) + " =") + $" also at {places}{rest}");
        }
    }

    private void WriteAsides(TextWriter writer, IReadOnlyList<Diagnostic> diagnostics)
    {
        foreach (ProgramAsides program in ProgramAsides.Of(diagnostics))
        {
            writer.WriteLine(
                $"{Word(Severity.Info)} {CapabilityRules.ProgramDiffers.Code}: {program.Text}; {_paint.Bold(program.Command)} lists them"
            );
        }
    }

    private void WriteHead(TextWriter writer, SourceSpan span, string word, string message)
    {
        string place = Visible.Text(span.ToString());
        writer.WriteLine($"{(place.Length > 0 ? _paint.Bold(place) + ": " : "")}{word}: {Visible.Text(message)}");
    }

    private void WriteExcerpt(
        TextWriter writer,
        SourceSpan span,
        Severity severity,
        string hint,
        IReadOnlyDictionary<string, SourceText> sources
    )
    {
        if (span.IsSome && sources.TryGetValue(span.File, out SourceText? source) && source.Excerpt(span.Line) is { Length: > 0 } line)
        {
            SourceExcerpt excerpt = SourceExcerpt.Of(line, span, terminal.Width - NumberWidth - 3);
            writer.WriteLine(_paint.Dim(span.Line.ToString(CultureInfo.InvariantCulture).PadLeft(NumberWidth) + " |") + " " + excerpt.Text);
            string marks = new string(' ', excerpt.Before) + Mark(severity, new string('^', excerpt.Marked));
            writer.WriteLine((_paint.Dim(new string(' ', NumberWidth) + " |") + " " + marks + " " + _paint.Cyan(hint)).TrimEnd());
        }
        else if (hint.Length > 0)
        {
            writer.WriteLine(_paint.Dim(new string(' ', NumberWidth) + " |") + " " + _paint.Cyan(hint));
        }
    }

    private void WriteSummary(TextWriter writer, IReadOnlyList<Report> reports)
    {
        int errors = reports.Sum(r => r.Errors);
        int warnings = reports.Sum(r => r.Warnings);
        if (errors + warnings == 0)
        {
            return;
        }

        string[] counts = [.. new[] { Count(errors, "error"), Count(warnings, "warning") }.Where(c => c.Length > 0)];
        string[] codes =
        [
            .. reports
                .SelectMany(r => r.Diagnostics)
                .Where(d => d.Severity > Severity.Info)
                .Select(d => d.Rule.Code)
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];
        int fixable = reports.Sum(r => r.Diagnostics.Count(d => d.Fix.Count > 0));
        string fix =
            fixable == 0
                ? ""
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"; {_paint.Bold("confgen validate --fix")} corrects "
                        + $"{(fixable < errors + warnings ? $"{fixable} of them" : fixable == 1 ? "it" : "all of them")}"
                );
        writer.WriteLine(
            $"{string.Join(", ", counts)}{fix}; {_paint.Bold($"confgen rules {string.Join(' ', codes.Take(4))}")} "
                + $"explains{(codes.Length > 4 ? " the first ones" : "")}"
        );
    }

    // One related place stands behind the hint; several get lines of their own.
    private static string Hint(Diagnostic diagnostic)
    {
        string hint = Visible.Text(diagnostic.Hint ?? "");
        if (diagnostic.Related is not [var related])
        {
            return hint;
        }

        string place = $"{Visible.Text(related.Message)}: {Visible.Text(related.Span.ToString())}";
        return hint.Length > 0 ? $"{hint} ({place})" : place;
    }

    private string Word(Severity severity) =>
        severity switch
        {
            Severity.Error => _paint.Red("error"),
            Severity.Warning => _paint.Yellow("warning"),
            _ => _paint.Cyan("info"),
        };

    private string Mark(Severity severity, string marks) =>
        severity switch
        {
            Severity.Error => _paint.Red(marks),
            Severity.Warning => _paint.Yellow(marks),
            _ => _paint.Cyan(marks),
        };

    private static string Count(int count, string noun) =>
        count switch
        {
            0 => "",
            1 => "1 " + noun,
            _ => string.Create(CultureInfo.InvariantCulture, $"{count} {noun}s"),
        };
}
