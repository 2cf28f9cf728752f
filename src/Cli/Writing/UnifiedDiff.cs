using Confgen.Cli.Output;
using DiffPlex;
using DiffPlex.Model;

namespace Confgen.Cli.Writing;

/// <summary>The difference of two texts in the unified form that <c>diff -u</c> and <c>patch</c> share.</summary>
internal static class UnifiedDiff
{
    private const int Context = 3;

    /// <summary>Writes the difference; nothing where there is none.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="paint">The colours.</param>
    /// <param name="name">The file's name.</param>
    /// <param name="before">The old text; null where there was no file.</param>
    /// <param name="after">The new one; null where the file goes.</param>
    public static void Write(TextWriter writer, Paint paint, string name, string? before, string? after)
    {
        DiffResult diff = new Differ().CreateCustomDiffs(before ?? "", after ?? "", ignoreWhiteSpace: false, Lines);
        if (diff.DiffBlocks.Count == 0)
        {
            return;
        }

        writer.WriteLine(paint.Bold("--- " + (before is null ? "/dev/null" : Visible.Text(name))));
        writer.WriteLine(paint.Bold("+++ " + (after is null ? "/dev/null" : Visible.Text(name))));
        for (int i = 0; i < diff.DiffBlocks.Count; )
        {
            int last = i;
            while (last + 1 < diff.DiffBlocks.Count && diff.DiffBlocks[last + 1].DeleteStartA - End(diff.DiffBlocks[last]) <= 2 * Context)
            {
                last++;
            }

            WriteHunk(writer, paint, diff, i, last);
            i = last + 1;
        }
    }

    private static void WriteHunk(TextWriter writer, Paint paint, DiffResult diff, int first, int last)
    {
        DiffBlock head = diff.DiffBlocks[first];
        DiffBlock tail = diff.DiffBlocks[last];
        int lead = Math.Min(Context, head.DeleteStartA);
        int from = head.DeleteStartA - lead;
        int to = Math.Min(End(tail) + Context, diff.PiecesOld.Count);
        int newFrom = head.InsertStartB - lead;
        int newCount = tail.InsertStartB + tail.InsertCountB - newFrom + (to - End(tail));
        writer.WriteLine(paint.Cyan($"@@ -{Range(from, to - from)} +{Range(newFrom, newCount)} @@"));
        int at = from;
        for (int i = first; i <= last; i++)
        {
            DiffBlock block = diff.DiffBlocks[i];
            for (; at < block.DeleteStartA; at++)
            {
                writer.WriteLine(" " + Visible.Line(diff.PiecesOld[at]));
            }

            for (; at < End(block); at++)
            {
                writer.WriteLine(paint.Red("-" + Visible.Line(diff.PiecesOld[at])));
            }

            foreach (string line in diff.PiecesNew.Skip(block.InsertStartB).Take(block.InsertCountB))
            {
                writer.WriteLine(paint.Green("+" + Visible.Line(line)));
            }
        }

        for (; at < to; at++)
        {
            writer.WriteLine(" " + Visible.Line(diff.PiecesOld[at]));
        }
    }

    private static int End(DiffBlock block) => block.DeleteStartA + block.DeleteCountA;

    // An empty range names the line before it, as diff does.
    private static string Range(int start, int count) => string.Create(null, $"{(count == 0 ? start : start + 1)},{count}");

    private static string[] Lines(string text) => text.Length == 0 ? [] : (text.EndsWith('\n') ? text[..^1] : text).Split('\n');
}
