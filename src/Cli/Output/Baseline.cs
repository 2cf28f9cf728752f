using System.Text.Json;
using Confgen.Compiler.Syntax;
using Confgen.Model.Diagnostics;

namespace Confgen.Cli.Output;

/// <summary>
/// The warnings that a spec had when the baseline was written: they are not reported again, so that a team can ask for no new one. A
/// warning is known by its code, its file and the text of its line, not by the line's number. Errors are always reported.
/// </summary>
internal sealed class Baseline
{
    private readonly Dictionary<(string Code, string File, string Line), int> _known = [];

    /// <summary>Reads a baseline.</summary>
    /// <exception cref="FormatException">The text is no baseline.</exception>
    public static Baseline Read(string text)
    {
        var baseline = new Baseline();
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            foreach (JsonElement entry in document.RootElement.GetProperty("diagnostics").EnumerateArray())
            {
                baseline.Add(
                    (
                        entry.GetProperty("code").GetString() ?? "",
                        entry.GetProperty("file").GetString() ?? "",
                        entry.GetProperty("line").GetString() ?? ""
                    ),
                    entry.GetProperty("count").GetInt32()
                );
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new FormatException("the file isn't a baseline: write it with --write-baseline", e);
        }

        return baseline;
    }

    /// <summary>The baseline of what was found.</summary>
    public static string Of(IReadOnlyList<Report> reports)
    {
        var baseline = new Baseline();
        foreach (Report report in reports)
        {
            foreach (Diagnostic diagnostic in report.Diagnostics.Where(IsKept))
            {
                baseline.Add(KeyOf(report, diagnostic), 1);
            }
        }

        return JsonText.Of(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("version", 1);
            json.WriteStartArray("diagnostics");
            foreach (
                ((string code, string file, string line), int count) in baseline
                    ._known.OrderBy(k => k.Key.File, StringComparer.Ordinal)
                    .ThenBy(k => k.Key.Code, StringComparer.Ordinal)
                    .ThenBy(k => k.Key.Line, StringComparer.Ordinal)
            )
            {
                json.WriteStartObject();
                json.WriteString("code", code);
                json.WriteString("file", file);
                json.WriteString("line", line);
                json.WriteNumber("count", count);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    /// <summary>The report without what the baseline knows.</summary>
    public Report Apply(Report report)
    {
        var left = new List<Diagnostic>();
        foreach (Diagnostic diagnostic in report.Diagnostics)
        {
            (string, string, string) key = KeyOf(report, diagnostic);
            if (IsKept(diagnostic) && _known.TryGetValue(key, out int count) && count > 0)
            {
                _known[key] = count - 1;
            }
            else
            {
                left.Add(diagnostic);
            }
        }

        return report.With(left);
    }

    private static bool IsKept(Diagnostic diagnostic) => diagnostic.Severity is Severity.Warning or Severity.Info;

    private static (string Code, string File, string Line) KeyOf(Report report, Diagnostic diagnostic) =>
        (
            diagnostic.Rule.Code,
            diagnostic.Span.File,
            report.Sources.TryGetValue(diagnostic.Span.File, out SourceText? source) && diagnostic.Span.IsSome
                ? source.Line(diagnostic.Span.Line).Trim()
                : diagnostic.Message
        );

    private void Add((string Code, string File, string Line) key, int count) => _known[key] = _known.GetValueOrDefault(key) + count;
}
