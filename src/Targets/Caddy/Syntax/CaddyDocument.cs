namespace Confgen.Targets.Caddy.Syntax;

/// <summary>
/// A Caddyfile, which is parsed site by site whenever it is looked through: the tree of a large one takes many times its text.
/// </summary>
/// <param name="source">The text that the tokens point into.</param>
/// <param name="version">The release whose rules hold.</param>
/// <param name="file">The file's name, for messages; may be empty.</param>
internal sealed class CaddyDocument(string source, CaddyVersion version, string file)
{
    private CaddyProblem? _problem;
    private bool _isRead;

    public string Source => source;

    public string File => file;

    /// <summary>
    /// Its global options, snippets, sites and comments in order, as far as they could be read. Each time they are other objects.
    /// </summary>
    public IEnumerable<CaddyNode> Nodes
    {
        get
        {
            var parser = new CaddyParser(source, version);
            foreach (CaddyNode node in parser.TopLevel())
            {
                yield return node;
            }

            (_isRead, _problem) = (true, parser.Problem is { } found ? found with { File = file } : null);
        }
    }

    /// <summary>Why the rest of the text could not be read, or null.</summary>
    public CaddyProblem? Problem
    {
        get
        {
            for (IEnumerator<CaddyNode>? nodes = _isRead ? null : Nodes.GetEnumerator(); nodes?.MoveNext() == true; )
            {
                // Reading to the end finds it.
            }

            return _problem;
        }
    }
}
