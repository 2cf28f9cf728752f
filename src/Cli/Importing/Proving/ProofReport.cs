using System.Text.Json;
using Confgen.Cli.Output;

namespace Confgen.Cli.Importing.Proving;

/// <summary>Prints what a proof has shown.</summary>
internal static class ProofReport
{
    private const int MostExamples = 3;

    /// <summary>Each kind of difference with the programs that show it and some of the requests.</summary>
    public static void WriteText(TextWriter writer, Paint paint, ProofResult result)
    {
        foreach (string dropped in result.Dropped)
        {
            writer.WriteLine($"{result.Original} doesn't know '{Visible.Text(dropped)}' here: it was left out");
        }

        foreach ((string program, string reason) in result.NotRun)
        {
            writer.WriteLine($"{program}: {paint.Yellow("not run")}: {Visible.Text(reason)}");
        }

        foreach (
            var kind in Grouped(result)
                .GroupBy(g => (g.Programs, g.What, IsTarget(g.What) ? null : g.Original, IsTarget(g.What) ? null : g.Imported))
        )
        {
            (string on, string what, string? original, string? imported) = kind.Key;
            string message = IsTarget(what) ? what : $"{what} is {Shown(imported)}, and {Shown(original)} with the original";
            writer.WriteLine($"{on}: {paint.Yellow("differs")}: {Visible.Text(message)}");
            foreach (var example in kind.Take(MostExamples))
            {
                string values = IsTarget(what) ? $": '{example.Imported}', and '{example.Original}' with the original" : "";
                writer.WriteLine($"    {Visible.Text(example.Probe.Text + values)}");
            }

            if (kind.Count() > MostExamples)
            {
                writer.WriteLine($"    and {kind.Count() - MostExamples} more");
            }
        }

        string programs = result.Programs.Count == 0 ? "no program" : string.Join(", ", result.Programs);
        int differing = result.Differences.Where(d => !d.IsTold).Select(d => d.Probe).Distinct().Count();
        int told = result.Differences.Where(d => d.IsTold).Select(d => d.Probe).Distinct().Count();
        writer.WriteLine(
            $"{result.Sent} requests to the original on {result.Original} and to the spec on {programs}: {differing} differ"
                + (told > 0 ? $", and {told} as the report tells" : "")
                + (result.Sent < result.Planned ? $"; {result.Planned - result.Sent} weren't sent in time" : "")
        );
    }

    /// <summary>The proof as a member of a document.</summary>
    public static void WriteJson(Utf8JsonWriter json, ProofResult result)
    {
        json.WriteStartObject("proof");
        json.WriteString("original", result.Original);
        json.WriteStartArray("programs");
        foreach (string program in result.Programs)
        {
            json.WriteStringValue(program);
        }

        json.WriteEndArray();
        json.WriteNumber("requests", result.Sent);
        json.WriteStartArray("not_run");
        foreach ((string program, string reason) in result.NotRun)
        {
            json.WriteStartObject();
            json.WriteString("program", program);
            json.WriteString("reason", reason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("dropped");
        foreach (string dropped in result.Dropped)
        {
            json.WriteStringValue(dropped);
        }

        json.WriteEndArray();
        json.WriteStartArray("differences");
        foreach (ProbeDifference difference in result.Differences)
        {
            json.WriteStartObject();
            json.WriteString("program", difference.Program);
            json.WriteString("request", difference.Probe.Text);
            json.WriteString("what", difference.What);
            json.WriteString("original", difference.Original);
            json.WriteString("imported", difference.Imported);
            json.WriteBoolean("told", difference.IsTold);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static IEnumerable<(string Programs, string What, string? Original, string? Imported, Probe Probe)> Grouped(
        ProofResult result
    ) =>
        result
            .Differences.Where(d => !d.IsTold)
            .GroupBy(d => (d.Probe, d.What, d.Original, d.Imported))
            .Select(g => (string.Join(", ", g.Select(d => d.Program)), g.Key.What, g.Key.Original, g.Key.Imported, g.Key.Probe));

    private static bool IsTarget(string what) => what == "target";

    private static string Shown(string? value) => value is null ? "none" : $"'{value}'";
}
