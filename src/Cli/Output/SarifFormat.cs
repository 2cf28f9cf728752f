using System.Text.Json;
using Confgen.Model.Diagnostics;
using Confgen.Model.Sources;

namespace Confgen.Cli.Output;

/// <summary>SARIF 2.1.0 (OASIS), for code scanning: one run, with the pages of the rules that were raised.</summary>
internal sealed class SarifFormat : IReportFormat
{
    /// <inheritdoc/>
    public void Write(TextWriter writer, IReadOnlyList<Report> reports)
    {
        (Report Report, Diagnostic Diagnostic)[] found = [.. reports.SelectMany(r => r.Diagnostics.Select(d => (r, d)))];
        Diagnostic[] diagnostics = [.. found.Select(f => f.Diagnostic)];
        Rule[] rules = [.. diagnostics.Select(d => d.Rule).Distinct().OrderBy(r => r.Code, StringComparer.Ordinal)];
        JsonText.Write(
            writer,
            json =>
            {
                json.WriteStartObject();
                json.WriteString("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
                json.WriteString("version", "2.1.0");
                json.WriteStartArray("runs");
                json.WriteStartObject();
                WriteTool(json, rules);
                json.WriteString("columnKind", "utf16CodeUnits");
                json.WriteStartArray("results");
                foreach ((Report report, Diagnostic diagnostic) in found)
                {
                    WriteResult(json, report, diagnostic, Array.IndexOf(rules, diagnostic.Rule));
                }

                json.WriteEndArray();
                json.WriteEndObject();
                json.WriteEndArray();
                json.WriteEndObject();
            }
        );
    }

    private static void WriteTool(Utf8JsonWriter json, Rule[] rules)
    {
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", "confgen");
        json.WriteString("semanticVersion", ProductVersion.Text);
        json.WriteStartArray("rules");
        foreach (Rule rule in rules)
        {
            json.WriteStartObject();
            json.WriteString("id", rule.Code);
            json.WriteString("name", rule.Name);
            WriteMessage(json, "shortDescription", rule.Title);
            WriteMessage(json, "fullDescription", rule.Why);
            json.WriteStartObject("help");
            json.WriteString("text", $"{rule.Title}\n\n{rule.Why}\n\nWrong:\n\n{rule.Bad}\nRight:\n\n{rule.Good}");
            json.WriteString("markdown", $"{rule.Why}\n\nWrong:\n\n```yaml\n{rule.Bad}```\n\nRight:\n\n```yaml\n{rule.Good}```\n");
            json.WriteEndObject();
            json.WriteStartObject("defaultConfiguration");
            json.WriteString("level", Level(rule.Severity));
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteResult(Utf8JsonWriter json, Report report, Diagnostic diagnostic, int ruleIndex)
    {
        json.WriteStartObject();
        json.WriteString("ruleId", diagnostic.Rule.Code);
        json.WriteNumber("ruleIndex", ruleIndex);
        json.WriteString("level", Level(diagnostic.Severity));
        WriteMessage(json, "message", diagnostic.Hint is { } hint ? $"{diagnostic.Message}: {hint}" : diagnostic.Message);
        json.WriteStartArray("locations");

        // Code scanning refuses a result without a place: what concerns the whole spec stands at its first line.
        WriteLocation(
            json,
            diagnostic.Span.IsSome
                ? diagnostic.Span
                : new SourceSpan(diagnostic.Span.File.Length > 0 ? diagnostic.Span.File : report.Spec, 1, 1, 1, 1),
            null
        );
        json.WriteEndArray();
        if (diagnostic.Related.Count > 0)
        {
            json.WriteStartArray("relatedLocations");
            foreach (RelatedSpan related in diagnostic.Related)
            {
                WriteLocation(json, related.Span, related.Message);
            }

            json.WriteEndArray();
        }

        if (diagnostic.Fix.Count > 0)
        {
            WriteFix(json, diagnostic);
        }

        json.WriteEndObject();
    }

    private static void WriteFix(Utf8JsonWriter json, Diagnostic diagnostic)
    {
        json.WriteStartArray("fixes");
        json.WriteStartObject();
        WriteMessage(json, "description", diagnostic.Hint ?? diagnostic.Message);
        json.WriteStartArray("artifactChanges");
        foreach (IGrouping<string, TextEdit> file in diagnostic.Fix.GroupBy(e => e.Span.File, StringComparer.Ordinal))
        {
            json.WriteStartObject();
            json.WriteStartObject("artifactLocation");
            json.WriteString("uri", UriOf(file.Key));
            json.WriteEndObject();
            json.WriteStartArray("replacements");
            foreach (TextEdit edit in file)
            {
                json.WriteStartObject();
                json.WriteStartObject("deletedRegion");
                WriteRegion(json, edit.Span);
                json.WriteEndObject();
                WriteMessage(json, "insertedContent", edit.Text);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteRegion(Utf8JsonWriter json, SourceSpan span)
    {
        json.WriteNumber("startLine", span.Line);
        json.WriteNumber("startColumn", span.Column);
        json.WriteNumber("endLine", span.EndLine);
        json.WriteNumber("endColumn", span.EndColumn);
    }

    private static void WriteLocation(Utf8JsonWriter json, SourceSpan span, string? message)
    {
        json.WriteStartObject();
        if (message is not null)
        {
            WriteMessage(json, "message", message);
        }

        json.WriteStartObject("physicalLocation");
        json.WriteStartObject("artifactLocation");
        json.WriteString("uri", UriOf(span.File));
        json.WriteEndObject();
        if (span.IsSome)
        {
            json.WriteStartObject("region");
            WriteRegion(json, span);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteMessage(Utf8JsonWriter json, string name, string text)
    {
        json.WriteStartObject(name);
        json.WriteString("text", text);
        json.WriteEndObject();
    }

    // A relative reference (RFC 3986): each segment encoded, the separators kept.
    private static string UriOf(string file)
    {
        if (file.StartsWith('<'))
        {
            return "stdin";
        }

        string path = string.Join('/', file.Replace('\\', '/').Split('/').Select(Uri.EscapeDataString));
        return Path.IsPathRooted(file) ? "file://" + path : path;
    }

    private static string Level(Severity severity) =>
        severity switch
        {
            Severity.Error => "error",
            Severity.Warning => "warning",
            Severity.Info => "note",
            _ => "none",
        };
}
