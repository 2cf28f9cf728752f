using System.Text;

namespace Confgen.Targets.Nginx.Syntax;

internal sealed partial class NginxParser
{
    private void ReadWord(char first)
    {
        int start = _position;
        int line = _line;
        int column = start - _lineStart + 1;
        if (_words.Count == 0)
        {
            _blankBeforeWord = _lineBreaks > 1;
        }

        bool escaped = false;
        bool complete = first is '"' or '\'' ? ReadQuoted(first, ref escaped) : ReadBare(ref escaped);
        if (!complete)
        {
            return;
        }

        if (_text.AsSpan(start, _position - start).Contains('\0'))
        {
            _position = start;
            Fail("a NUL byte");
            return;
        }

        _words.Add(new NginxToken(_text, start, _position, escaped, line, column));
    }

    private bool ReadBare(ref bool escaped)
    {
        int start = _position;
        int line = _line;
        int column = start - _lineStart + 1;
        int braceEnd = -1;
        while (true)
        {
            int offset = _text.AsSpan(_position).IndexOfAny(BareEnd);
            if (offset < 0)
            {
                _position = _text.Length;
                return Fail("unexpected end of file, expecting \";\" or \"}\"", line, column);
            }

            _position += offset;
            char end = _text[_position];
            if (end == '\\')
            {
                escaped = true;
                if (!SkipEscape())
                {
                    return Fail("unexpected end of file, expecting \";\" or \"}\"", line, column);
                }
            }
            else if (end == '{' && (_position == braceEnd || FollowsDollar(start, _position)))
            {
                braceEnd = ++_position;
            }
            else
            {
                // A blank after the word must be followed by another byte in the same buffer; the other ends complete the directive.
                int tail = end is ';' or '{' ? 1 : 2;
                return !IsLong(_text.AsSpan(start, _position - start), tail - 1)
                    || Fail($"too long parameter \"{_text.AsSpan(start, 10)}...\" started", line, column);
            }
        }
    }

    private bool ReadQuoted(char quote, ref bool escaped)
    {
        int start = _position;
        int line = _line;
        int column = start - _lineStart + 1;
        _position++;
        while (true)
        {
            int offset = _text.AsSpan(_position).IndexOfAny(quote == '"' ? DoubleQuotedEnd : SingleQuotedEnd);
            if (offset < 0)
            {
                return Fail($"unexpected end of file, missing a terminating \"{quote}\"", line, column);
            }

            _position += offset;
            switch (_text[_position])
            {
                case '\\':
                    escaped = true;
                    if (!SkipEscape())
                    {
                        return Fail($"unexpected end of file, missing a terminating \"{quote}\"", line, column);
                    }

                    break;
                case '\n':
                    _position++;
                    _line++;
                    _lineStart = _position;
                    break;
                case '\0':
                    return Fail("a NUL byte");
                default:
                    _position++;
                    return EndQuoted(start, quote, line, column);
            }
        }
    }

    private bool EndQuoted(int start, char quote, int line, int column)
    {
        if (AtEnd)
        {
            return Fail("unexpected end of file, expecting \";\" or \"}\"", line, column);
        }

        char next = _text[_position];
        if (next is not (' ' or '\t' or '\r' or '\n' or ';' or '{' or ')'))
        {
            return Fail($"unexpected \"{next}\"");
        }

        // nginx counts from behind the opening quote, with the closing quote, and needs one or two bytes more to see the end.
        int tail = next is ';' or '{' or ')' ? 1 : 2;
        return !IsLong(_text.AsSpan(start + 1, _position - start - 1), tail - 1)
            || Fail($"too long parameter, probably missing terminating \"{quote}\" character", line, column);
    }

    /// <summary>
    /// Whether the <c>{</c> here belongs to the word, as in <c>${name}</c>: it follows a <c>$</c> that no backslash escapes.
    /// </summary>
    private bool FollowsDollar(int start, int brace)
    {
        if (brace == start || _text[brace - 1] != '$')
        {
            return false;
        }

        // Backslashes pair up from the left, so an odd run before the dollar escapes it.
        int backslashes = 0;
        while (brace - 2 - backslashes >= start && _text[brace - 2 - backslashes] == '\\')
        {
            backslashes++;
        }

        return backslashes % 2 == 0;
    }

    private bool SkipEscape()
    {
        if (_position + 1 >= _text.Length)
        {
            return false;
        }

        if (_text[_position + 1] == '\n')
        {
            _line++;
            _lineStart = _position + 2;
        }

        _position += 2;
        return true;
    }

    /// <summary>Whether the text's bytes, and so many more, fill nginx's buffer to its last byte.</summary>
    private static bool IsLong(ReadOnlySpan<char> text, int more) =>
        (text.Length * 3) + more >= BufferBytes && Encoding.UTF8.GetByteCount(text) + more >= BufferBytes;

    private bool Fail(string message) => Fail(message, _line, _position - _lineStart + 1);
}
