namespace Confgen.Targets.Caddy.Syntax;

internal sealed partial class CaddyParser
{
    private List<CaddyNode> Block(CaddyToken brace, int depth)
    {
        var block = new List<CaddyNode>();
        if (depth > DeepestBlock)
        {
            Fail(brace, "blocks are nested too deep");
        }

        if (_has && !OnNewRow() && _token.Quote != CaddyQuote.Comment)
        {
            Fail(_token, "the rest of a line that opens a block must be empty");
        }

        while (!Stopped)
        {
            if (!_has)
            {
                Fail(brace, "the block that starts here has no closing '}'");
            }
            else if (_token.Closes)
            {
                Read();
                if (_has && !OnNewRow() && _token.Quote != CaddyQuote.Comment)
                {
                    Fail(_token, "the rest of a line that closes a block must be empty");
                }

                break;
            }
            else
            {
                Line(block, depth);
            }
        }

        return block;
    }

    private void Line(List<CaddyNode> block, int depth)
    {
        bool blank = BlankBefore(block.Count == 0);
        if (_token.Quote == CaddyQuote.Comment)
        {
            block.Add(CommentNode(blank));
        }
        else if (_token.Opens && _inSnippet && depth == 1 && block.TrueForAll(static node => node.Kind == CaddyNodeKind.Comment))
        {
            // A snippet that is imported before all sites may hold the global options.
            CaddyToken brace = _token;
            Read();
            block.Add(
                new CaddyNode(CaddyNodeKind.GlobalOptions, [])
                {
                    Block = Block(brace, depth + 1),
                    BlankBefore = blank,
                    Line = brace.Line,
                    Column = brace.Column,
                }
            );
        }
        else if (_token.Opens)
        {
            Fail(_token, "a block opens on the line of its directive");
        }
        else if (_token.Closes)
        {
            Fail(_token, "a '}' without an opening '{'");
        }
        else
        {
            block.Add(Directive(blank, depth));
        }
    }

    private CaddyNode Directive(bool blank, int depth)
    {
        CaddyToken start = _token;
        string? remark = null;
        _words.Clear();
        _words.Add(start);
        Read();
        while (_has && !OnNewRow())
        {
            if (_token.Quote == CaddyQuote.Comment)
            {
                remark ??= _token.Text;
                Read();
            }
            else if (_token.Opens)
            {
                CaddyToken[] words = [.. _words];
                CaddyToken brace = _token;
                Read();
                return new CaddyNode(CaddyNodeKind.Directive, words)
                {
                    Block = Block(brace, depth + 1),
                    Remark = remark,
                    BlankBefore = blank,
                    Line = start.Line,
                    Column = start.Column,
                };
            }
            else if (_token.Closes)
            {
                Fail(_token, "a '}' closes a block only at the start of a line");
                break;
            }
            else
            {
                _words.Add(_token);
                Read();
            }
        }

        return new CaddyNode(CaddyNodeKind.Directive, [.. _words])
        {
            Remark = remark,
            BlankBefore = blank,
            Line = start.Line,
            Column = start.Column,
        };
    }

    private CaddyNode CommentNode(bool blank)
    {
        CaddyToken comment = _token;
        Read();
        return new CaddyNode(CaddyNodeKind.Comment, [comment])
        {
            BlankBefore = blank,
            Line = comment.Line,
            Column = comment.Column,
        };
    }
}
