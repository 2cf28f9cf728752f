using System.Buffers;
using System.Text;

namespace Confgen.Targets.Nginx.Syntax;

/// <summary>
/// Reads nginx's configuration language exactly as nginx does (<c>ngx_conf_read_token</c>), but keeps comments and empty lines. One
/// pass, no recursion, linear in the text.
/// </summary>
internal sealed class NginxParser
{
    /// <summary>The bytes that nginx can hold of one word with its end, or of a comment (its <c>NGX_CONF_BUFFER</c>).</summary>
    public const int BufferBytes = 4096;

    /// <summary>
    /// How deep blocks may nest. nginx has no limit; nothing sensible comes near this one, and what walks the tree may recurse.
    /// </summary>
    public const int MaxDepth = 64;

    private static readonly SearchValues<char> BareEnd = SearchValues.Create(" \t\r\n;{\\");
    private static readonly SearchValues<char> DoubleQuotedEnd = SearchValues.Create("\"\\\n\0");
    private static readonly SearchValues<char> SingleQuotedEnd = SearchValues.Create("'\\\n\0");

    private readonly string _text;
    private readonly List<NginxToken> _words = [];
    private readonly Stack<(NginxBlock Block, NginxDirective Owner)> _open = new();
    private List<NginxComment> _comments = [];
    private NginxBlock _block = new();
    private NginxFinding? _error;
    private int _position;
    private int _line = 1;
    private int _lineStart;
    private int _lineBreaks;
    private bool _blankBeforeWord;

    private NginxParser(string text) => _text = text;

    private bool AtEnd => _position >= _text.Length;

    /// <summary>Parses a whole file.</summary>
    public static NginxParse Parse(string text)
    {
        var parser = new NginxParser(text);
        parser.Run();
        return parser._error is null ? new NginxParse { File = parser._block } : new NginxParse { Error = parser._error };
    }

    private void Run()
    {
        NginxDirective? last = null;
        NginxBlock? opened = null;
        _lineBreaks = 1;
        while (_error is null)
        {
            SkipBlanks();
            if (AtEnd)
            {
                Finish();
                return;
            }

            char c = _text[_position];
            if (c == '#')
            {
                ReadComment(last, opened);
            }
            else if (c is ';' or '{' && _words.Count == 0)
            {
                Fail($"unexpected \"{c}\"");
            }
            else if (c == ';')
            {
                _position++;
                last = Emit(null);
                opened = null;
                _lineBreaks = 0;
            }
            else if (c == '{')
            {
                _position++;
                var block = new NginxBlock();
                NginxDirective owner = Emit(block);
                _open.Push((_block, owner));
                _block = block;
                last = null;
                opened = block;
                _lineBreaks = 0;
                if (_open.Count > MaxDepth)
                {
                    Fail("blocks are nested too deeply");
                }
            }
            else if (c == '}')
            {
                if (_words.Count > 0 || _open.Count == 0)
                {
                    Fail("unexpected \"}\"");
                    return;
                }

                _position++;
                _block.ClosingComments = TakeComments();
                (_block, last) = _open.Pop();
                opened = null;
                _lineBreaks = 0;
            }
            else
            {
                ReadWord(c);
            }
        }
    }

    private void Finish()
    {
        if (_words.Count > 0)
        {
            Fail("unexpected end of file, expecting \";\" or \"}\"");
        }
        else if (_open.Count > 0)
        {
            Fail("unexpected end of file, expecting \"}\"");
        }

        _block.ClosingComments = TakeComments();
    }

    private NginxDirective Emit(NginxBlock? block)
    {
        NginxToken[] arguments = _words.Count == 1 ? [] : [.. System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_words)[1..]];
        var directive = new NginxDirective(_words[0], arguments, block)
        {
            LeadingComments = TakeComments(),
            BlankLineBefore = _blankBeforeWord,
        };
        _words.Clear();
        _block.Add(directive);
        return directive;
    }

    private List<NginxComment> TakeComments()
    {
        if (_comments.Count == 0)
        {
            return [];
        }

        List<NginxComment> taken = _comments;
        _comments = [];
        return taken;
    }

    private void SkipBlanks()
    {
        for (; _position < _text.Length; _position++)
        {
            switch (_text[_position])
            {
                case '\n':
                    _line++;
                    _lineStart = _position + 1;
                    _lineBreaks++;
                    break;
                case ' ' or '\t' or '\r':
                    break;
                default:
                    return;
            }
        }
    }

    private void ReadComment(NginxDirective? last, NginxBlock? opened)
    {
        int start = _position;
        int end = _text.IndexOf('\n', start);
        bool hasLineEnd = end >= 0;
        end = hasLineEnd ? end : _text.Length;

        // nginx holds the comment in its buffer, and fails when that is full and there is more to read.
        if (IsLong(_text.AsSpan(start, end - start), hasLineEnd ? 0 : -1))
        {
            Fail("too long comment");
            return;
        }

        string text = _text.AsSpan(start, end - start).TrimEnd().ToString();
        bool trails = _words.Count == 0 && _lineBreaks == 0;
        if (trails && last is not null)
        {
            last.TrailingComment = text;
        }
        else if (trails && opened is not null)
        {
            opened.OpeningComment = text;
        }
        else
        {
            _comments.Add(new NginxComment(text, _words.Count == 0 && _lineBreaks > 1));
        }

        _position = end;
        _lineBreaks = 0;
    }

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

    private bool Fail(string message, int line, int column)
    {
        _error ??= new NginxFinding(line, column, message);
        return false;
    }
}
