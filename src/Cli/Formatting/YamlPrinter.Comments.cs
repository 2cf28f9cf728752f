namespace Confgen.Cli.Formatting;

internal sealed partial class YamlPrinter
{
    // The comments before an offset, each on its line.
    private void OwnLines(int before, int indent, bool keepsBlank = true)
    {
        for (; _comment < comments.Count && comments[_comment].Start < before; _comment++)
        {
            Write(comments[_comment], indent, keepsBlank);
        }
    }

    // The comments behind the last piece of a block that are indented as its pieces are.
    private void Tail(int column, int indent)
    {
        while (
            _comment < comments.Count
            && comments[_comment] is var comment
            && comment.Column >= column
            && comment.IsAlone
            && NextPieceIsBehind(comment)
        )
        {
            Write(comment, indent, keepsBlank: true);
            _comment++;
        }
    }

    private void Write(YamlComment comment, int indent, bool keepsBlank)
    {
        if (keepsBlank)
        {
            BlankLine(comment.Start);
        }

        Indent(indent);
        _out.Append(comment.Text);
        EndLine();
        _last = comment.End;
        _isOpening = false;
    }

    // The comment that ends the line just written; the gap before it may align it with others.
    private void Trailing()
    {
        if (_comment < comments.Count && comments[_comment] is var comment && comment.Start >= _last && Breaks(_last, comment.Start) == 0)
        {
            _out.Append(' ', Math.Max(1, comment.Gap)).Append(comment.Text);
            _last = comment.End;
            _comment++;
        }
    }

    private bool HasCommentBefore(int offset) => _comment < comments.Count && comments[_comment].Start < offset;

    // Between the last piece and the comment there is white space alone.
    private bool NextPieceIsBehind(YamlComment comment) => source.AsSpan(_last, comment.Start - _last).IsWhiteSpace();

    private int DashBefore(int offset)
    {
        int at = offset;
        while (at > _last && !(source[at - 1] == '-' && !InComment(at - 1)))
        {
            at--;
        }

        return Math.Max(0, at - 1);
    }

    private bool InComment(int offset)
    {
        for (int i = _comment; i < comments.Count && comments[i].Start <= offset; i++)
        {
            if (offset < comments[i].End)
            {
                return true;
            }
        }

        return false;
    }

    private void BlankLine(int next)
    {
        if (!_isOpening && Breaks(_last, next) > 1)
        {
            EndLine();
        }
    }
}
