using System.Text;
using Confgen.Model.Diagnostics;

namespace Confgen.Compiler.Syntax;

/// <summary>Applies edits to the text of a file.</summary>
public static class SourceEdits
{
    /// <summary>
    /// The text after the edits of several diagnostics. The edits of one diagnostic are made together or not at all; where two
    /// diagnostics change the same place, the first one wins, and the other is left for the next run.
    /// </summary>
    /// <param name="source">The file; edits of others are left out.</param>
    /// <param name="fixes">The edits of each diagnostic.</param>
    /// <param name="applied">How many diagnostics were followed.</param>
    public static string Apply(SourceText source, IEnumerable<IReadOnlyList<TextEdit>> fixes, out int applied)
    {
        var chosen = new List<(int Start, int End, string Text)>();
        applied = 0;
        foreach (IReadOnlyList<TextEdit> fix in fixes)
        {
            (int Start, int End, string Text)[] edits =
            [
                .. fix.Select(e =>
                    (source.OffsetOf(e.Span.Line, e.Span.Column), source.OffsetOf(e.Span.EndLine, e.Span.EndColumn), e.Text)
                ),
            ];
            bool isOwn = fix.Count > 0 && fix.All(e => e.Span.File == source.File);
            if (isOwn && !edits.Any(e => chosen.Exists(c => Touches(e, c))))
            {
                chosen.AddRange(edits);
                applied++;
            }
        }

        // A stable sort: insertions at one place stay in their order.
        var text = new StringBuilder(source.Text.Length + 64);
        int at = 0;
        foreach ((int start, int end, string replacement) in chosen.OrderBy(e => e.Start).ThenBy(e => e.End))
        {
            text.Append(source.Text, at, start - at).Append(replacement);
            at = end;
        }

        return text.Append(source.Text, at, source.Text.Length - at).ToString();
    }

    private static bool Touches((int Start, int End, string Text) a, (int Start, int End, string Text) b) =>
        a.Start < b.End && b.Start < a.End
        || a.Start == b.Start
        || (a.Start == a.End && a.Start > b.Start && a.Start <= b.End)
        || (b.Start == b.End && b.Start > a.Start && b.Start <= a.End);
}
