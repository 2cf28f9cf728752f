using System.Text;

namespace Confgen.Targets.Caddy.Syntax;

/// <summary>
/// Splits a Caddyfile into tokens exactly as Caddy's lexer does (caddyconfig/caddyfile/lexer.go), oddities included, but keeps comments and
/// calls an unterminated string what it is. One pass, linear.
/// </summary>
internal sealed partial class CaddyLexer
{
    private static readonly CaddyVersion HeredocSince = new(7);

    private readonly string _source;
    private readonly bool _heredocs;
    private readonly bool _references = true;
    private readonly CaddyTextPool _pool;
    private readonly StringBuilder _text = new();
    private int _at;
    private int _line = 1;
    private int _lineStart;
    private int _row = 1;
    private int _skippedRows;

    public CaddyLexer(string source, CaddyVersion version, CaddyTextPool? pool = null)
    {
        _source = source;
        _heredocs = version >= HeredocSince;
        _pool = pool ?? new CaddyTextPool();
        if (source.StartsWith('\uFEFF'))
        {
            _at = 1;
            _lineStart = 1;
        }
    }

    /// <summary>Reads a single token whose references were replaced already: Caddy doesn't look again at what it put in.</summary>
    private CaddyLexer(string source, bool heredocs, CaddyTextPool pool)
    {
        _source = source;
        _heredocs = heredocs;
        _pool = pool;
        _references = false;
    }

    /// <summary>What stopped the lexer, or null.</summary>
    public CaddyProblem? Problem { get; private set; }

    /// <summary>The next token or comment; false at the end of the text, and after a problem.</summary>
    public bool Next(out CaddyToken token)
    {
        token = default;
        bool escaped = false;
        int from = -1;
        while (Problem is null && _at < _source.Length)
        {
            char ch = _source[_at];
            if (ch == '\n')
            {
                EndRow(escaped);
                escaped = false;
                EndLine();
            }
            else if (char.IsWhiteSpace(ch))
            {
                _at++;
            }
            else if (ch == '\\' && !escaped)
            {
                // A backslash before white space is forgotten, unless a token follows: then it becomes that token's first character.
                int next = _at + 1;
                if (next < _source.Length && !char.IsWhiteSpace(_source[next]) && _source[next] is not ('#' or '"' or '`'))
                {
                    return Bare(_at, escaped: false, out token);
                }

                escaped = true;
                from = _at++;
            }
            else
            {
                int start = escaped ? from : _at;
                return ch switch
                {
                    '#' => Comment(escaped, out token),
                    '"' => DoubleQuoted(start, escaped, out token),
                    '`' => Backticked(out token),
                    _ => Bare(start, escaped, out token),
                };
            }
        }

        return false;
    }

    private bool Comment(bool escaped, out CaddyToken token)
    {
        int start = _at;
        int end = _source.IndexOf('\n', start);
        _at = end < 0 ? _source.Length : end;
        ReadOnlySpan<char> text = _source.AsSpan(start, _at - start).TrimEnd();
        token = new CaddyToken(text.ToString(), start, start + text.Length, _line, Column(start), CaddyQuote.Comment, _row, _row, _line);
        if (_references && !CaddyEnvironment.IsClosedIn(text))
        {
            return Fail(start, "the comment holds '{$', which Caddy reads as an environment reference that goes on to the next '}'");
        }

        // Caddy looks for backslashes before it looks for comments: one anywhere in a comment joins the next row to this one.
        if (_at < _source.Length && (escaped || text.Contains('\\')))
        {
            EndRow(escaped: true);
            EndLine();
        }

        return true;
    }

    private bool Make(int start, int end, int line, int row, int column, CaddyQuote quote, out CaddyToken token)
    {
        ReadOnlySpan<char> raw = _source.AsSpan(start, end - start);
        string text = Text(raw);
        if (_references && raw.Contains(CaddyEnvironment.Open, StringComparison.Ordinal))
        {
            if (!CaddyEnvironment.IsClosedIn(raw))
            {
                token = default;
                return Fail(line, column, "an environment reference '{$...}' that starts in this token ends outside of it");
            }

            string expanded = CaddyEnvironment.WithDefaults(raw.ToString());
            if (!expanded.AsSpan().SequenceEqual(raw))
            {
                var lexer = new CaddyLexer(expanded, _heredocs, _pool);
                bool one = lexer.Next(out CaddyToken inner) && !lexer.Next(out _) && inner.Quote != CaddyQuote.Comment;
                if (!one || lexer.Problem is not null)
                {
                    token = default;
                    return Fail(line, column, "the default of an environment reference '{$...}' breaks this token apart");
                }

                text = inner.Text;
            }
        }

        token = new CaddyToken(text, start, end, line, column, quote, row, _row, _line);
        return true;
    }

    private string Text(ReadOnlySpan<char> raw)
    {
        if (_text.Length == raw.Length && !raw.Contains('\r'))
        {
            return _pool.Get(raw);
        }

        if (_text.Length == raw.Length - 2 && raw.Length >= 2 && raw[0] == '"' && !raw.Contains('\\'))
        {
            return _pool.Get(raw[1..^1]);
        }

        return _text.ToString();
    }

    private void Advance(char ch)
    {
        if (ch == '\n')
        {
            EndRow(escaped: false);
            EndLine();
        }
        else
        {
            _at++;
        }
    }

    private void EndRow(bool escaped)
    {
        if (escaped)
        {
            _skippedRows++;
        }
        else
        {
            _row += 1 + _skippedRows;
            _skippedRows = 0;
        }
    }

    private void EndLine()
    {
        _at++;
        _line++;
        _lineStart = _at;
    }

    private int Column(int at) => at - _lineStart + 1;

    private bool Fail(int at, string message) => Fail(_line, Column(at), message);

    private bool Fail(int line, int column, string message)
    {
        Problem ??= new CaddyProblem(line, column, message);
        return false;
    }
}
