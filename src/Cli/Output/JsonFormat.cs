using System.Text.Json;
using Confgen.Model.Diagnostics;
using Confgen.Model.Sources;

namespace Confgen.Cli.Output;

/// <summary>
/// For programs: one JSON object with every diagnostic, what became of the files, and the counts; <c>docs/report.schema.json</c> describes
/// it.
/// </summary>
internal sealed class JsonFormat : IReportFormat
{
    /// <inheritdoc/>
    public void Write(TextWriter writer, IReadOnlyList<Report> reports) =>
        JsonText.Write(
            writer,
            json =>
            {
                json.WriteStartObject();
                json.WriteNumber("version", 1);
                json.WriteStartArray("diagnostics");
                foreach (Report report in reports)
                {
                    foreach (Diagnostic diagnostic in report.Diagnostics)
                    {
                        Write(json, report, diagnostic);
                    }
                }

                json.WriteEndArray();
                json.WriteStartArray("files");
                foreach (ReportedFile file in reports.SelectMany(r => r.Files))
                {
                    json.WriteStartObject();
                    json.WriteString("path", file.Path);
                    json.WriteString("state", file.State);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
                json.WriteStartObject("summary");
                json.WriteNumber("specs", reports.Count);
                json.WriteNumber("errors", reports.Sum(r => r.Errors));
                json.WriteNumber("warnings", reports.Sum(r => r.Warnings));
                json.WriteNumber("fixable", reports.Sum(r => r.Diagnostics.Count(d => d.Fix.Count > 0)));
                json.WriteEndObject();
                json.WriteEndObject();
            }
        );

    private static void Write(Utf8JsonWriter json, Report report, Diagnostic diagnostic)
    {
        json.WriteStartObject();
        json.WriteString("spec", report.Spec);
        json.WriteString("code", diagnostic.Rule.Code);
        json.WriteString("name", diagnostic.Rule.Name);
        json.WriteString("severity", SeverityWord.Of(diagnostic.Severity));
        json.WriteString("message", diagnostic.Message);
        WriteSpan(json, diagnostic.Span);
        if (diagnostic.Hint is { } hint)
        {
            json.WriteString("hint", hint);
        }

        json.WriteString("help", $"docs/diagnostics/{diagnostic.Rule.Code}.md");
        if (diagnostic.Fix.Count > 0)
        {
            json.WriteStartArray("fix");
            foreach (TextEdit edit in diagnostic.Fix)
            {
                json.WriteStartObject();
                WriteSpan(json, edit.Span);
                json.WriteString("text", edit.Text);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteStartArray("related");
        foreach (RelatedSpan related in diagnostic.Related)
        {
            json.WriteStartObject();
            json.WriteString("message", related.Message);
            WriteSpan(json, related.Span);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteSpan(Utf8JsonWriter json, SourceSpan span)
    {
        if (span.File.Length > 0)
        {
            json.WriteString("file", span.File);
        }

        if (span.IsSome)
        {
            json.WriteNumber("line", span.Line);
            json.WriteNumber("column", span.Column);
            json.WriteNumber("end_line", span.EndLine);
            json.WriteNumber("end_column", span.EndColumn);
        }
    }
}
