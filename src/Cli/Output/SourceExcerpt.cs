using Confgen.Model.Sources;

namespace Confgen.Cli.Output;

/// <summary>A line of a source as a terminal shows it, and where the marks under it belong.</summary>
/// <param name="Text">The line; of one that is too long the part around the marked text.</param>
/// <param name="Before">The columns before the marks.</param>
/// <param name="Marked">The columns to mark, at least one.</param>
internal readonly record struct SourceExcerpt(string Text, int Before, int Marked)
{
    private const string Cut = "…";

    /// <summary>Cuts a line to a width around a span, which starts in it and may end in a later one.</summary>
    public static SourceExcerpt Of(string line, SourceSpan span, int width)
    {
        int start = Math.Clamp(span.Column - 1, 0, line.Length);
        int end = span.EndLine > span.Line ? line.Length : Math.Clamp(span.EndColumn - 1, start, line.Length);
        string before = Visible.Text(line[..start]);
        string marked = Visible.Text(line[start..end]).TrimEnd();
        string after = Visible.Text(line[end..]);
        if (Visible.Columns(before) + Visible.Columns(marked) + Visible.Columns(after) > width)
        {
            // A third of the width shows what comes before; the marked text and what follows share the rest.
            before = Tail(before, width / 3);
            marked = Head(marked, width - before.Length);
            after = Head(after, width - before.Length - marked.Length);
        }

        return new SourceExcerpt((before + marked + after).TrimEnd(), Visible.Columns(before), Math.Max(1, Visible.Columns(marked)));
    }

    private static string Tail(string text, int length) =>
        text.Length <= length ? text : Cut + text[^Whole(text, text.Length - length + 1, length - 1)..];

    private static string Head(string text, int length) =>
        text.Length <= length ? text
        : length < 2 ? ""
        : text[..SafeEnd(text, length - 1)] + Cut;

    // Never between the two halves of a surrogate pair.
    private static int Whole(string text, int start, int length) => char.IsLowSurrogate(text[start]) ? length - 1 : length;

    private static int SafeEnd(string text, int end) => char.IsHighSurrogate(text[end - 1]) ? end - 1 : end;
}
