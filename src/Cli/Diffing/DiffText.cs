using System.Globalization;
using Confgen.Cli.Output;
using Confgen.Model.Differences;

namespace Confgen.Cli.Diffing;

/// <summary>A comparison for people.</summary>
internal static class DiffText
{
    /// <summary>Writes it.</summary>
    public static void Write(TextWriter writer, DiffDocument document, Paint paint)
    {
        foreach (Difference difference in document.Comparison.Differences)
        {
            string word = DiffLines.Word(difference.Risk);
            string painted = difference.Risk switch
            {
                Risk.Exposure => paint.Red(word),
                Risk.Breakage => paint.Yellow(word),
                _ => paint.Cyan(word),
            };
            writer.WriteLine($"{painted}: {paint.Bold(document.Shown(difference.Consequence))}");
            var lines = new List<(string Name, string Text)>
            {
                ("where", DiffLines.Where(difference)),
                (DiffLines.Word(difference.Aspect), $"{difference.Old} -> {difference.New}"),
            };
            string[] places =
            [
                .. new[]
                {
                    DiffLines.Place(document.Old, difference.OldAt),
                    DiffLines.Place(document.New, difference.NewAt),
                }.OfType<string>(),
            ];
            lines.Add(("at", string.Join(" -> ", places.Distinct(StringComparer.Ordinal))));
            if (difference.Witness is { } witness)
            {
                lines.Add(("request", DiffLines.Request(witness)));
                lines.Add(("was", DiffLines.Response(witness.Old, difference.Aspect, difference.Old)));
                lines.Add(("is", DiffLines.Response(witness.New, difference.Aspect, difference.New)));
            }
            else if (difference.Classes.Count > 0)
            {
                lines.Add(("request", "none of those tried shows it"));
            }

            Write(lines);
            writer.WriteLine();
        }

        foreach (TargetDifference target in document.Targets)
        {
            writer.WriteLine(
                $"{(target.IsNew ? paint.Yellow("comes") : paint.Cyan("goes"))}: {target.Target}: "
                    + $"{document.Shown(target.Diagnostic.Message)} ({target.Diagnostic.Rule.Code})"
            );
        }

        foreach (string limit in document.Comparison.Limits)
        {
            writer.WriteLine($"{paint.Yellow("incomplete")}: {document.Shown(limit)}");
        }

        writer.WriteLine(Summary(document));

        void Write(List<(string Name, string Text)> lines)
        {
            int width = lines.Max(l => l.Name.Length);
            foreach ((string name, string text) in lines.Where(l => l.Text.Length > 0))
            {
                writer.WriteLine($"  {paint.Dim(name.PadRight(width))}  {document.Shown(text)}");
            }
        }
    }

    /// <summary>The last line: how many of each.</summary>
    public static string Summary(DiffDocument document)
    {
        if (document.IsEmpty)
        {
            return document.Comparison.Limits.Count == 0 ? "no request is treated differently" : "no difference was found";
        }

        string[] counts =
        [
            .. document
                .Comparison.Differences.GroupBy(d => d.Risk)
                .OrderByDescending(g => g.Key)
                .Select(g => Count(g.Count(), DiffLines.Word(g.Key))),
            .. document.Targets.Count > 0 ? new[] { Count(document.Targets.Count, "difference") + " of programs" } : [],
        ];
        return string.Join(", ", counts);
    }

    private static string Count(int count, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");
}
