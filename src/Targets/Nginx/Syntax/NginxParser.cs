using System.Buffers;

namespace Confgen.Targets.Nginx.Syntax;

/// <summary>
/// Reads nginx's configuration language exactly as nginx does (<c>ngx_conf_read_token</c>), but keeps comments and empty lines. One
/// pass, no recursion, linear in the text.
/// </summary>
internal sealed partial class NginxParser
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

    private bool Fail(string message, int line, int column)
    {
        _error ??= new NginxFinding(line, column, message);
        return false;
    }
}
