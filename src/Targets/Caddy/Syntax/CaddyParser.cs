namespace Confgen.Targets.Caddy.Syntax;

/// <summary>
/// Reads a Caddyfile into its tree by the rules of Caddy's parser (caddyconfig/caddyfile/parse.go): what is an address, where a brace may
/// stand, what belongs to one line. It is stricter where Caddy reads something else than the text looks like: an unclosed string, a brace
/// in the middle of a line.
/// </summary>
internal sealed partial class CaddyParser
{
    /// <summary>No file that a person wrote nests so deep; the limit keeps the recursion safe.</summary>
    private const int DeepestBlock = 100;

    private static readonly CaddyVersion NamedRoutesSince = new(7);

    private readonly string _source;
    private readonly CaddyVersion _version;
    private readonly CaddyLexer _lexer;
    private readonly List<CaddyToken> _words = [];
    private CaddyToken _token;
    private bool _has;
    private bool _inSnippet;
    private int _lastLine;
    private int _lastRow;
    private CaddyProblem? _problem;

    public CaddyParser(string source, CaddyVersion version)
    {
        _source = source;
        _version = version;
        _lexer = new CaddyLexer(source, version);
    }

    /// <summary>Why the text could not be read to its end, or null.</summary>
    public CaddyProblem? Problem => _problem;

    private bool Stopped => _problem is not null;

    /// <summary>A file that is parsed when it is looked through.</summary>
    public static CaddyDocument Parse(string source, CaddyVersion version, string file = "") => new(source, version, file);

    /// <summary>Reads the file's outermost nodes, once.</summary>
    public IEnumerable<CaddyNode> TopLevel()
    {
        Read();
        bool isFirst = true;
        bool mayHaveOptions = true;
        for (; _has && !Stopped; isFirst = false)
        {
            bool blank = BlankBefore(isFirst);
            CaddyToken start = _token;
            if (start.Quote == CaddyQuote.Comment)
            {
                yield return CommentNode(blank);
            }
            else if (start.Opens)
            {
                if (!mayHaveOptions)
                {
                    Fail(start, "a block without a name holds the global options, and must come first in the file");
                    break;
                }

                Read();
                yield return new CaddyNode(CaddyNodeKind.GlobalOptions, [])
                {
                    Block = Block(start, 1),
                    BlankBefore = blank,
                    Line = start.Line,
                    Column = start.Column,
                };
                mayHaveOptions = false;
            }
            else if (start.Text == "import")
            {
                yield return Directive(blank, 0);
            }
            else
            {
                CaddyNode node = Site(blank);
                yield return node;

                // A snippet is no block to Caddy, so that the global options may stand behind it.
                mayHaveOptions &= node.Kind == CaddyNodeKind.Snippet;
            }
        }
    }

    /// <summary>Reads a file that is imported into a site or another block, once: lines without a site around them.</summary>
    public IReadOnlyList<CaddyNode> Lines()
    {
        Read();
        return Rest();
    }

    private List<CaddyNode> Rest()
    {
        var block = new List<CaddyNode>();
        while (_has && !Stopped)
        {
            Line(block, 1);
        }

        return block;
    }

    private CaddyNode Site(bool blank)
    {
        CaddyToken start = _token;
        _words.Clear();
        bool another = false;
        string? remark = null;
        while (_has && !_token.Opens && (another || _token.Quote != CaddyQuote.Comment))
        {
            if (_token.Quote == CaddyQuote.Comment)
            {
                remark ??= _token.Text;
                Read();
                continue;
            }

            if (_words.Count > 0 && !another && OnNewRow())
            {
                break;
            }

            if (_token.Closes)
            {
                Fail(_token, "a '}' without an opening '{'");
            }
            else if (_token.Text.EndsWith('{'))
            {
                Fail(_token, "an address can't end with '{': put a space before the brace");
            }

            another = _token.Text.EndsWith(',');
            if (_token.Text.AsSpan().TrimEnd(',').Contains(',') || (_words.Count > 0 && _token.Text.StartsWith('@')))
            {
                Fail(_token, "not an address: put a space after the comma that ends the one before");
            }

            _words.Add(_token);
            Read();
        }

        if (another)
        {
            Fail(_has ? _token : start, "another address has to follow the comma");
        }

        CaddyToken[] addresses = [.. _words];
        CaddyNodeKind kind =
            addresses is not [{ Text: var name }] || !name.EndsWith(')') ? CaddyNodeKind.Site
            : name.StartsWith('(') ? CaddyNodeKind.Snippet
            : name.StartsWith("&(", StringComparison.Ordinal) && _version >= NamedRoutesSince ? CaddyNodeKind.NamedRoute
            : CaddyNodeKind.Site;
        if (_has && _token.Opens)
        {
            CaddyToken brace = _token;
            Read();
            _inSnippet = kind == CaddyNodeKind.Snippet;
            return new CaddyNode(kind, addresses)
            {
                Block = Block(brace, 1),
                Remark = remark,
                BlankBefore = blank,
                Line = start.Line,
                Column = start.Column,
            };
        }

        if (kind != CaddyNodeKind.Site)
        {
            Fail(start, "a snippet needs its block in braces");
        }

        // Without braces the rest of the file is this one site.
        return new CaddyNode(kind, addresses)
        {
            Block = Rest(),
            Braces = false,
            Remark = remark,
            BlankBefore = blank,
            Line = start.Line,
            Column = start.Column,
        };
    }

    private bool BlankBefore(bool first) => !first && _token.Line > _lastLine + 1;

    private bool OnNewRow() => _lastRow < _token.FirstRow;

    private void Read()
    {
        (_lastLine, _lastRow) = _has ? (_token.LastLine, _token.LastRow) : (0, 0);
        _has = _lexer.Next(out _token);
        _problem ??= _lexer.Problem;
    }

    private void Fail(CaddyToken token, string message) => _problem ??= new CaddyProblem(token.Line, token.Column, message);
}
