using System.Text.Json;
using Confgen.Cli.Output;
using Confgen.Model.Differences;
using Confgen.Model.Rules;
using Confgen.Model.Sources;

namespace Confgen.Cli.Diffing;

/// <summary>A comparison for programs; <c>docs/diff.schema.json</c> describes it.</summary>
internal static class DiffJson
{
    /// <summary>Writes it.</summary>
    public static void Write(TextWriter writer, DiffDocument document) =>
        JsonText.Write(
            writer,
            json =>
            {
                json.WriteStartObject();
                json.WriteNumber("version", 1);
                json.WriteString("old", document.Old.Name);
                json.WriteString("new", document.New.Name);
                json.WriteBoolean("complete", document.Comparison.Limits.Count == 0);
                json.WriteStartArray("limits");
                foreach (string limit in document.Comparison.Limits)
                {
                    json.WriteStringValue(document.Shown(limit));
                }

                json.WriteEndArray();
                json.WriteStartArray("differences");
                foreach (Difference difference in document.Comparison.Differences)
                {
                    Write(json, document, difference);
                }

                json.WriteEndArray();
                json.WriteStartArray("targets");
                foreach (TargetDifference target in document.Targets)
                {
                    json.WriteStartObject();
                    json.WriteString("target", target.Target);
                    json.WriteString("state", target.IsNew ? "comes" : "goes");
                    json.WriteString("code", target.Diagnostic.Rule.Code);
                    json.WriteString("message", document.Shown(target.Diagnostic.Message));
                    json.WriteEndObject();
                }

                json.WriteEndArray();
                json.WriteEndObject();
            }
        );

    private static void Write(Utf8JsonWriter json, DiffDocument document, Difference difference)
    {
        json.WriteStartObject();
        json.WriteString("risk", DiffLines.Word(difference.Risk));
        json.WriteString("aspect", DiffLines.Word(difference.Aspect));
        json.WriteString("consequence", document.Shown(difference.Consequence));
        json.WriteString("old", document.Shown(difference.Old));
        json.WriteString("new", document.Shown(difference.New));
        WritePlace(json, "old_at", difference.OldAt);
        WritePlace(json, "new_at", difference.NewAt);
        json.WriteStartArray("requests");
        foreach (RequestClass requests in difference.Classes)
        {
            json.WriteStartObject();
            WriteList(json, "places", requests.Places.Select(p => ClassText.Place(p.Connection, p.Host)));
            WriteList(json, "paths", requests.Paths.Select(p => p.ToString()));
            json.WriteString("conditions", document.Shown(requests.Cell?.ToString() ?? ""));
            WriteList(json, "through", requests.Via.Select(v => v.ToString()));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (difference.Witness is { } witness)
        {
            Write(json, document, difference, witness);
        }

        json.WriteEndObject();

        void WriteList(Utf8JsonWriter to, string name, IEnumerable<string> texts)
        {
            to.WriteStartArray(name);
            foreach (string text in texts)
            {
                to.WriteStringValue(document.Shown(text));
            }

            to.WriteEndArray();
        }
    }

    private static void Write(Utf8JsonWriter json, DiffDocument document, Difference difference, Witness witness)
    {
        EvaluatedRequest request = witness.Request;
        json.WriteStartObject("witness");
        json.WriteString("method", request.Method);
        json.WriteString("url", document.Shown($"{(request.Https ? "https" : "http")}://{request.Host}{request.Target}"));
        json.WriteStartArray("headers");
        foreach ((string name, string value) in request.Headers)
        {
            json.WriteStringValue(document.Shown($"{name}: {value}"));
        }

        json.WriteEndArray();
        json.WriteString("from", request.Peer.ToString());
        WriteSide("old", witness.Old, difference.Old);
        WriteSide("new", witness.New, difference.New);
        json.WriteEndObject();

        void WriteSide(string name, Evaluation got, string text)
        {
            json.WriteStartObject(name);
            if (got.Status is { } status)
            {
                json.WriteNumber("status", status);
            }

            if (got.Upstream is { } upstream)
            {
                json.WriteString("upstream", document.Shown(upstream.Name));
                json.WriteString("target", document.Shown(got.Target ?? ""));
            }

            json.WriteString("text", document.Shown(DiffLines.Response(got, difference.Aspect, text)));
            json.WriteEndObject();
        }
    }

    private static void WritePlace(Utf8JsonWriter json, string name, SourceSpan span)
    {
        if (span.IsSome)
        {
            json.WriteStartObject(name);
            json.WriteString("file", span.File);
            json.WriteNumber("line", span.Line);
            json.WriteNumber("column", span.Column);
            json.WriteEndObject();
        }
    }
}
