using Confgen.Model.Differences;

namespace Confgen.Cli.Diffing;

/// <summary>
/// A comparison as a comment of a pull request (CommonMark with tables): the risks in a table, the witnesses below, folded.
/// </summary>
internal static class DiffMarkdown
{
    private const int MostRows = 100;

    /// <summary>Writes it.</summary>
    public static void Write(TextWriter writer, DiffDocument document)
    {
        writer.WriteLine($"### Behaviour of {Code(document.Shown(document.New.Name))} against {Code(document.Shown(document.Old.Name))}\n");
        if (document.IsEmpty)
        {
            writer.WriteLine(char.ToUpperInvariant(DiffText.Summary(document)[0]) + DiffText.Summary(document)[1..] + ".");
        }
        else
        {
            writer.WriteLine(DiffText.Summary(document) + ".\n");
        }

        if (document.Comparison.Differences.Count > 0)
        {
            writer.WriteLine("| risk | what changes | where | was | is |\n|---|---|---|---|---|");
            foreach (Difference difference in document.Comparison.Differences.Take(MostRows))
            {
                string risk = DiffLines.Word(difference.Risk);
                writer.WriteLine(
                    $"| {(difference.Risk == Risk.Exposure ? $"**{risk}**" : risk)} | {Cell(difference.Consequence)} | "
                        + $"{Cell(DiffLines.Where(difference))} | {Cell(difference.Old)} | {Cell(difference.New)} |"
                );
            }

            if (document.Comparison.Differences.Count > MostRows)
            {
                writer.WriteLine(
                    string.Create(null, $"\n{document.Comparison.Differences.Count - MostRows} more are in the text and JSON forms.")
                );
            }

            writer.WriteLine("\n<details><summary>Requests that show it</summary>\n");
            foreach (Difference difference in document.Comparison.Differences.Take(MostRows).Where(d => d.Witness is not null))
            {
                Witness witness = difference.Witness!;
                writer.WriteLine(
                    $"- {Code(document.Shown(DiffLines.Request(witness)))}\n"
                        + $"  - was: {Text(DiffLines.Response(witness.Old, difference.Aspect, difference.Old))}\n"
                        + $"  - is: {Text(DiffLines.Response(witness.New, difference.Aspect, difference.New))}"
                );
            }

            writer.WriteLine("\n</details>");
        }

        foreach (TargetDifference target in document.Targets)
        {
            writer.WriteLine(
                $"- {(target.IsNew ? "comes" : "goes")}: {Text($"{target.Target}: {target.Diagnostic.Message}")} "
                    + $"({target.Diagnostic.Rule.Code})"
            );
        }

        foreach (string limit in document.Comparison.Limits)
        {
            writer.WriteLine($"\nIncomplete: {Text(limit)}.");
        }

        string Cell(string text) => Text(text);
        string Text(string text) => Escaped(document.Shown(text));
    }

    // No text of a spec is markup, a mention of somebody or a link.
    private static string Escaped(string text)
    {
        var escaped = new System.Text.StringBuilder();
        foreach (char c in text)
        {
            escaped.Append(
                c switch
                {
                    '<' => "&lt;",
                    '>' => "&gt;",
                    '&' => "&amp;",
                    '@' => "&#64;",
                    ':' => "&#58;",
                    '|' or '\\' or '`' or '*' or '_' or '[' or ']' or '#' or '~' or '!' => "\\" + c,
                    _ => c.ToString(),
                }
            );
        }

        return escaped.ToString();
    }

    // A code span with a fence longer than any run of backquotes in the text.
    private static string Code(string text)
    {
        int longest = 0;
        int run = 0;
        foreach (char c in text)
        {
            run = c == '`' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        string fence = new('`', longest + 1);
        return longest == 0 ? $"`{text}`" : $"{fence} {text} {fence}";
    }
}
