using System.Text;

namespace Confgen.Targets.Nginx.Syntax;

/// <summary>
/// Writes a configuration in its canonical form: four spaces a level, an empty line around blocks, a directive a line, comments where
/// they were. Words stay as they were written, so the meaning can't change. Formatting twice gives the same text.
/// </summary>
internal sealed class NginxFormatter
{
    /// <summary>Where a long directive is continued on the next line.</summary>
    private const int MaxColumns = 120;
    private const int Indent = 4;

    private readonly StringBuilder _out = new();

    private NginxFormatter() { }

    /// <summary>The file's canonical text; ends in a line end unless it is empty.</summary>
    public static string Format(NginxBlock file)
    {
        var formatter = new NginxFormatter();
        formatter.WriteBody(file, 0);
        return formatter._out.ToString();
    }

    private void WriteBody(NginxBlock block, int depth)
    {
        bool first = true;
        bool afterBlock = false;
        foreach (NginxDirective directive in block.Directives)
        {
            bool separate = !first && (afterBlock || directive.Block is not null);
            foreach (NginxComment comment in directive.LeadingComments)
            {
                WriteComment(comment, depth, separate, first);
                separate = false;
                first = false;
            }

            if (separate || (directive.BlankLineBefore && !first))
            {
                _out.Append('\n');
            }

            WriteDirective(directive, depth);
            first = false;
            afterBlock = directive.Block is not null;
        }

        foreach (NginxComment comment in block.ClosingComments)
        {
            WriteComment(comment, depth, afterBlock, first);
            afterBlock = false;
            first = false;
        }
    }

    private void WriteComment(NginxComment comment, int depth, bool separate, bool first)
    {
        if (separate || (comment.BlankLineBefore && !first))
        {
            _out.Append('\n');
        }

        _out.Append(' ', depth * Indent).Append(comment.Text).Append('\n');
    }

    private void WriteDirective(NginxDirective directive, int depth)
    {
        _out.Append(' ', depth * Indent);
        int column = (depth * Indent) + WriteWord(directive.Name);
        bool continued = false;
        for (int i = 0; i < directive.Arguments.Count; i++)
        {
            NginxToken word = directive.Arguments[i];
            if (NeedsSpace(directive, i))
            {
                // The first argument stays beside the name, and so does all that follows it as far as it fits.
                if (i > 0 && column + 1 + word.Raw.Length + 1 > MaxColumns)
                {
                    column = (depth + 1) * Indent;
                    _out.Append('\n').Append(' ', column);
                    continued = true;
                }
                else
                {
                    _out.Append(' ');
                    column++;
                }
            }

            column += WriteWord(word);
        }

        if (directive.Block is { } block)
        {
            WriteBlock(block, depth, continued);
        }
        else
        {
            _out.Append(';');
        }

        if (directive.TrailingComment is { } trailing)
        {
            _out.Append(' ').Append(trailing);
        }

        _out.Append('\n');
    }

    private void WriteBlock(NginxBlock block, int depth, bool continued)
    {
        if (block.Directives.Count == 0 && block.ClosingComments.Count == 0 && block.OpeningComment is null)
        {
            _out.Append(" {}");
            return;
        }

        if (continued)
        {
            _out.Append('\n').Append(' ', depth * Indent).Append('{');
        }
        else
        {
            _out.Append(" {");
        }

        if (block.OpeningComment is { } opening)
        {
            _out.Append(' ').Append(opening);
        }

        _out.Append('\n');
        WriteBody(block, depth + 1);
        _out.Append(' ', depth * Indent).Append('}');
    }

    /// <summary>The parenthesis that closes a condition is a word of its own after a quoted one, and is written against it.</summary>
    private static bool NeedsSpace(NginxDirective directive, int index) =>
        index == 0 || !directive.Arguments[index - 1].IsQuoted || !directive.Arguments[index].Raw.StartsWith(')');

    /// <summary>Writes the word and gives the columns of its last line.</summary>
    private int WriteWord(NginxToken word)
    {
        ReadOnlySpan<char> raw = word.Raw;
        _out.Append(raw);
        int lineEnd = raw.LastIndexOf('\n');
        return raw.Length - (lineEnd + 1);
    }
}
