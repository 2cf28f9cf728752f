namespace Confgen.Targets.Caddy.Syntax;

/// <content>The four ways to write a token.</content>
internal sealed partial class CaddyLexer
{
    private bool DoubleQuoted(int start, bool escaped, out CaddyToken token)
    {
        (int line, int row, int column) = (_line, _row, Column(_at));
        _at++;
        _text.Clear();
        while (_at < _source.Length)
        {
            // Everything up to the next character that may mean something goes over as it is.
            int run = escaped ? 0 : _source.AsSpan(_at).IndexOfAny('"', '\\', '\n');
            if (run != 0)
            {
                run = run < 0 ? _source.Length - _at : run;
                _text.Append(_source, _at, run);
                _at += run;
                continue;
            }

            char ch = _source[_at];
            if (escaped)
            {
                if (ch != '"')
                {
                    _text.Append('\\');
                }

                escaped = false;
            }
            else if (ch == '\\')
            {
                escaped = true;
                _at++;
                continue;
            }
            else if (ch == '"')
            {
                _at++;
                return Make(start, _at, line, row, column, CaddyQuote.Double, out token);
            }

            _text.Append(ch);
            Advance(ch);
        }

        token = default;
        return Fail(line, column, "the string that starts here has no closing '\"'");
    }

    private bool Backticked(out CaddyToken token)
    {
        (int start, int line, int row, int column) = (_at, _line, _row, Column(_at));
        int end = _source.IndexOf('`', start + 1);
        if (end < 0)
        {
            token = default;
            return Fail(start, "the string that starts here has no closing '`'");
        }

        _text.Clear().Append(_source, start + 1, end - start - 1);
        for (_at = start + 1; _at < end; )
        {
            Advance(_source[_at]);
        }

        _at = end + 1;
        return Make(start, _at, line, row, column, CaddyQuote.Backtick, out token);
    }

    private bool Bare(int start, bool escaped, out CaddyToken token)
    {
        (int line, int row, int column) = (_line, _row, Column(_at));
        if (_heredocs && !escaped && _source.AsSpan(_at).StartsWith("<<"))
        {
            if (OpensHeredoc(out int markerEnd))
            {
                return Heredoc(markerEnd, out token);
            }

            // Caddy reads a word here, but would read a heredoc as soon as the space after it is tidied away.
            token = default;
            return Fail(_at, "a word that starts with '<<' needs quotes: at the end of a line it would start a heredoc");
        }

        _text.Clear();
        int end = start;
        for (; _at < _source.Length; _at++)
        {
            char ch = _source[_at];
            if (ch == '\r')
            {
                continue;
            }

            if (char.IsWhiteSpace(ch))
            {
                if (ch == '\n' && escaped)
                {
                    // "\" at the end of a line joins the next one, and ends the token.
                    EndRow(escaped: true);
                    EndLine();
                }

                break;
            }

            if (ch == '\\' && !escaped)
            {
                escaped = true;
                continue;
            }

            if (escaped)
            {
                if (!(_heredocs && ch == '<'))
                {
                    _text.Append('\\');
                }

                escaped = false;
            }

            _text.Append(ch);
            end = _at + 1;
        }

        bool made = Make(start, end, line, row, column, CaddyQuote.None, out token);
        token = token with { LastLine = line, LastRow = row };
        return made;
    }

    private bool OpensHeredoc(out int markerEnd)
    {
        markerEnd = _at + 2;
        while (markerEnd < _source.Length && _source[markerEnd] is not (' ' or '\n'))
        {
            markerEnd++;
        }

        return markerEnd == _source.Length || _source[markerEnd] == '\n';
    }

    private bool Heredoc(int markerEnd, out CaddyToken token)
    {
        (int start, int line, int row, int column) = (_at, _line, _row, Column(_at));
        token = default;
        string marker = _source[(start + 2)..markerEnd].Replace("\r", "", StringComparison.Ordinal);
        if (marker.Length == 0 || !marker.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
        {
            return Fail(start, "a heredoc's marker may hold only letters, digits, '-' and '_'");
        }

        int close = markerEnd < _source.Length ? _source.IndexOf(marker, markerEnd + 1, StringComparison.Ordinal) : -1;
        if (close < 0)
        {
            return Fail(start, $"the heredoc that starts here has no closing '{marker}'");
        }

        // The white space before the closing marker is taken off every line.
        int lastBreak = _source.LastIndexOf('\n', close);
        string padding = _source[(lastBreak + 1)..close];
        _text.Clear();
        if (lastBreak > markerEnd)
        {
            foreach (string written in _source[(markerEnd + 1)..lastBreak].Split('\n'))
            {
                string each = written.Replace("\r", "", StringComparison.Ordinal);
                if (each.Length > 0 && !each.StartsWith(padding, StringComparison.Ordinal))
                {
                    return Fail(start, "a line of the heredoc lacks the white space that stands before its closing marker");
                }

                _text.Append(each.Length == 0 ? "" : each[padding.Length..]).Append('\n');
            }

            _text.Length--;
        }

        while (_at < close)
        {
            char ch = _source[_at];
            if (ch == '\n')
            {
                _row++;
                EndLine();
            }
            else
            {
                _at++;
            }
        }

        _at = close + marker.Length;
        return Make(start, _at, line, row, column, CaddyQuote.Heredoc, out token);
    }
}
