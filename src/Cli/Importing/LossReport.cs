using System.Text.Json;
using Confgen.Cli.Importing.Proving;
using Confgen.Cli.Output;
using Confgen.Targets.Importing;

namespace Confgen.Cli.Importing;

/// <summary>Prints what became of the directives of an imported configuration.</summary>
internal static class LossReport
{
    private static readonly (ImportFate Fate, string Word, string Meaning)[] _fates =
    [
        (ImportFate.Lost, "lost", "something differs"),
        (ImportFate.Said, "said", "in the spec"),
        (ImportFate.Implied, "implied", "confgen does so anyway"),
        (ImportFate.Tuning, "tuning", "no effect on clients and upstreams; dropped"),
    ];

    /// <summary>What is lost, and what is to be known of the rest, in lines; with <paramref name="all"/> every directive.</summary>
    public static void WriteText(TextWriter writer, Paint paint, ImportResult result, bool all)
    {
        foreach ((ImportFate fate, string word, _) in _fates)
        {
            foreach (ImportedDirective directive in result.Directives.Where(d => d.Fate == fate && (all || IsTold(d))))
            {
                string coloured = fate == ImportFate.Lost ? paint.Yellow(word) : paint.Dim(word);
                string place = directive.Paths.Count > 0 ? " -> " + Places(directive.Paths) : "";
                writer.WriteLine(
                    $"{Visible.Text(directive.File)}:{directive.Line}: {coloured}: {Visible.Text(directive.Text)}{Visible.Text(place)}"
                );
                if (directive.Reason is { } reason)
                {
                    writer.WriteLine($"    {Visible.Text(reason)}");
                }
            }
        }

        string counts = string.Join(", ", _fates.Select(f => $"{result.Count(f.Fate)} {f.Word}"));
        string files = Plural(result.Directives.Select(d => d.File).Distinct(StringComparer.Ordinal).Count(), "file");
        writer.WriteLine($"{Plural(result.Directives.Count, "directive")} in {files}: {counts}");
    }

    /// <summary>The whole report as one document.</summary>
    public static string Json(ImportResult result, string? specFile, ProofResult? proof = null) =>
        JsonText.Of(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("version", 1);
            json.WriteString("spec", specFile);
            json.WriteStartObject("counts");
            foreach ((ImportFate fate, string word, _) in _fates)
            {
                json.WriteNumber(word, result.Count(fate));
            }

            json.WriteEndObject();
            json.WriteStartArray("directives");
            foreach (ImportedDirective directive in result.Directives)
            {
                Write(json, directive);
            }

            json.WriteEndArray();
            if (proof is not null)
            {
                ProofReport.WriteJson(json, proof);
            }

            json.WriteEndObject();
        });

    private static void Write(Utf8JsonWriter json, ImportedDirective directive)
    {
        json.WriteStartObject();
        json.WriteString("file", directive.File);
        json.WriteNumber("line", directive.Line);
        json.WriteString("directive", directive.Text);
        json.WriteString("fate", _fates.First(f => f.Fate == directive.Fate).Word);
        if (directive.Paths.Count > 0)
        {
            json.WriteStartArray("paths");
            foreach (string path in directive.Paths)
            {
                json.WriteStringValue(path);
            }

            json.WriteEndArray();
        }

        if (directive.Reason is { } reason)
        {
            json.WriteString("reason", reason);
        }

        json.WriteEndObject();
    }

    private static bool IsTold(ImportedDirective directive) =>
        directive.Fate == ImportFate.Lost || (directive is { Fate: ImportFate.Said, Reason: not null });

    private static string Places(IReadOnlyList<string> paths) =>
        paths.Count <= 3 ? string.Join(", ", paths) : $"{string.Join(", ", paths.Take(2))} and {paths.Count - 2} more";

    private static string Plural(int count, string word) => count == 1 ? $"1 {word}" : $"{count} {word}s";
}
