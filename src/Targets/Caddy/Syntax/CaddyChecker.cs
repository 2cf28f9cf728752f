using Confgen.Targets.Caddy.Syntax.Catalogue;

namespace Confgen.Targets.Caddy.Syntax;

/// <summary>
/// Reads finished files as the targeted release would, and reports what it would refuse: syntax, unknown words, wrong argument counts,
/// words of another release or another place, matchers and snippets that nothing defines. Linear in the size of the files.
/// </summary>
internal sealed partial class CaddyChecker
{
    private static readonly CaddyVersion SingleArgumentIsNoMatcherSince = new(8);

    private readonly CaddyVersion _version;
    private readonly List<CaddyProblem> _problems = [];
    private readonly Dictionary<string, CaddyNode> _snippets = new(StringComparer.Ordinal);
    private readonly HashSet<string> _routes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> _snippetNeeds = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> _snippetDefines = new(StringComparer.Ordinal);
    private readonly HashSet<string> _below = new(StringComparer.Ordinal);
    private bool _importsFiles;
    private string _file = "";

    private CaddyChecker(CaddyVersion version) => _version = version;

    /// <summary>Checks files that belong together: a snippet of one is known to the others.</summary>
    public static IReadOnlyList<CaddyProblem> Check(CaddyVersion version, params IReadOnlyList<CaddyDocument> documents)
    {
        var checker = new CaddyChecker(version);
        var declared = documents.Select(checker.Declare).ToList();

        // A file alone may import others, which define what it uses.
        checker._importsFiles =
            declared is [{ Imports: var imports }]
            && imports.Any(node => node.Tokens.Length < 2 || !checker._snippets.ContainsKey(node.Tokens[1].Text));
        for (int i = 0; i < documents.Count; i++)
        {
            checker.Walk(documents[i], declared[i].Snippets);
        }

        return checker._problems;
    }

    private (List<string> Snippets, List<CaddyNode> Imports) Declare(CaddyDocument document)
    {
        _file = document.File;
        var snippets = new List<string>();
        var imports = new List<CaddyNode>();
        foreach (CaddyNode node in document.Nodes)
        {
            switch (node.Kind)
            {
                case CaddyNodeKind.NamedRoute:
                    _routes.Add(node.Name[2..^1]);
                    break;
                case CaddyNodeKind.Directive:
                    imports.Add(node);
                    break;
                case CaddyNodeKind.Snippet:
                    snippets.Add(node.Name[1..^1]);
                    if (!_snippets.TryAdd(node.Name[1..^1], node))
                    {
                        Report(node, $"the snippet {node.Name} is defined twice");
                    }

                    break;
            }
        }

        return (snippets, imports);
    }

    private void Walk(CaddyDocument document, List<string> snippets)
    {
        _file = document.File;
        if (document.Problem is { } problem)
        {
            _problems.Add(problem with { File = _file });
        }

        _below.Clear();
        _below.UnionWith(snippets);
        foreach (CaddyNode node in document.Nodes)
        {
            switch (node.Kind)
            {
                case CaddyNodeKind.Snippet
                    when _snippets[node.Name[1..^1]] is { } one && (one.Line, one.Column) == (node.Line, node.Column):
                    _below.Remove(node.Name[1..^1]);
                    Snippet(node);
                    break;
                case CaddyNodeKind.GlobalOptions:
                    Lines(node.Block ?? [], CaddyCatalogue.Standard.Globals, "global option");
                    break;
                case CaddyNodeKind.Directive:
                    Import(node, new CaddyScope(null));
                    break;
                case CaddyNodeKind.Site or CaddyNodeKind.NamedRoute:
                    Directives(
                        node.Block ?? [],
                        new CaddyScope(null),
                        node.Kind == CaddyNodeKind.Site ? CaddyPlace.Site : CaddyPlace.Handler
                    );
                    break;
            }
        }
    }

    /// <summary>
    /// A snippet is text: it may be part of the global options, of a site or of any block. Its lines are checked as those of a site where
    /// they could be such; what they ask of their surroundings is checked where it is imported.
    /// </summary>
    private void Snippet(CaddyNode node)
    {
        var scope = new CaddyScope(null) { Missing = [] };
        bool directives = true;
        foreach (CaddyNode line in node.Block ?? [])
        {
            if (line.Kind == CaddyNodeKind.GlobalOptions)
            {
                Lines(line.Block ?? [], CaddyCatalogue.Standard.Globals, "global option");
                directives = false;
            }
            else if (line.Name.StartsWith("{args", StringComparison.Ordinal) && line.Block is { } site)
            {
                Directives(site, new CaddyScope(null), CaddyPlace.Site);
                directives = false;
            }

            directives &=
                line.Kind == CaddyNodeKind.Comment
                || line.Name.StartsWith('@')
                || line.Name.StartsWith('{')
                || CaddyCatalogue.Standard.Directives.Find(line.Name) is not null;
        }

        if (directives)
        {
            Directives(node.Block ?? [], scope, CaddyPlace.Anywhere);
        }

        _snippetNeeds[node.Name[1..^1]] = scope.Missing;
    }

    private void Directives(IReadOnlyList<CaddyNode> lines, CaddyScope outer, CaddyPlace place)
    {
        CaddyScope scope = Define(lines, outer);
        foreach (CaddyNode line in lines)
        {
            string name = line.Name;
            if (line.Kind == CaddyNodeKind.Comment || IsImportedText(line))
            {
                continue;
            }

            if (name.StartsWith('@'))
            {
                MatcherDefinition(line);
            }
            else if (name == "import")
            {
                Import(line, scope);
            }
            else if (CaddyCatalogue.Standard.Directives.Find(name) is { } word)
            {
                Directive(line, word, scope, place);
            }
            else
            {
                Report(line, $"there is no directive '{name}'", isUnknown: true);
            }
        }
    }

    private CaddyScope Define(IReadOnlyList<CaddyNode> lines, CaddyScope outer)
    {
        CaddyScope? scope = null;
        foreach (CaddyNode line in lines)
        {
            if (line.Kind == CaddyNodeKind.Directive && line.Name.StartsWith('@'))
            {
                scope ??= new CaddyScope(outer);
                if (!scope.Names.Add(line.Name) || outer.Knows(line.Name, out _))
                {
                    Report(line, $"the matcher {line.Name} is defined twice: a block can't hide a matcher of the block around it");
                }
            }
            else if (line.Name == "import" && line.Tokens.Length > 1)
            {
                scope ??= new CaddyScope(outer);
                scope.Names.UnionWith(DefinedBy(line.Tokens[1].Text, 0));
            }
        }

        return scope ?? outer;
    }

    private HashSet<string> DefinedBy(string snippet, int depth)
    {
        if (_snippetDefines.TryGetValue(snippet, out HashSet<string>? names))
        {
            return names;
        }

        names = new HashSet<string>(StringComparer.Ordinal);
        _snippetDefines[snippet] = names;
        if (_snippets.TryGetValue(snippet, out CaddyNode? node))
        {
            foreach (CaddyNode line in node.Block ?? [])
            {
                if (line.Name.StartsWith('@'))
                {
                    names.Add(line.Name);
                }
                else if (line.Name == "import" && line.Tokens.Length > 1 && depth < 100)
                {
                    names.UnionWith(DefinedBy(line.Tokens[1].Text, depth + 1));
                }
            }
        }

        return names;
    }

    private void Directive(CaddyNode line, CaddyWord word, CaddyScope scope, CaddyPlace place)
    {
        Fits(line, word, "directive");
        if (word.OnlyInSite && place is CaddyPlace.Handler or CaddyPlace.Response)
        {
            Report(line, $"'{word.Name}' belongs to the top of a site, not into another directive");
        }

        if (word.OnlyInResponse && place is CaddyPlace.Site or CaddyPlace.Handler)
        {
            Report(line, $"'{word.Name}' belongs into 'handle_response' alone");
        }

        int skip = 0;
        if (word.TakesMatcher && line.Tokens.Length > 1)
        {
            string first = line.Tokens[1].Text;
            bool alone = line.Tokens.Length == 2 && word.Name is "root" or "rewrite" && _version >= SingleArgumentIsNoMatcherSince;
            skip =
                alone ? 0
                : first == "*" || first.StartsWith('/') || first.StartsWith('@') || first.StartsWith("{args", StringComparison.Ordinal) ? 1
                : 0;
            if (skip == 1 && first.StartsWith('@'))
            {
                Reference(line.Tokens[1], first, scope);
            }
        }

        if (word.Name == "invoke" && line.Tokens.Length > 1 + skip && !_routes.Contains(line.Tokens[1 + skip].Text))
        {
            Report(line, $"there is no named route '&({line.Tokens[1 + skip].Text})'");
        }

        Count(line, word, 1 + skip);
        if (line.Block is not { } block)
        {
            return;
        }

        if (word.Block is null)
        {
            Report(line, $"'{word.Name}' takes no block");
        }
        else if (word.Block == CaddyCatalogue.Standard.Directives)
        {
            Directives(block, scope, CaddyPlace.Handler);
        }
        else
        {
            Lines(block, word.Block, $"subdirective of '{word.Name}'", scope);
        }
    }

    private void Reference(CaddyToken token, string name, CaddyScope scope)
    {
        if (!name.Contains('{') && !scope.Knows(name, out HashSet<string>? missing))
        {
            if (missing is not null)
            {
                missing.Add(name);
            }
            else
            {
                _problems.Add(new CaddyProblem(token.Line, token.Column, $"there is no matcher '{name}' here") { File = _file });
            }
        }
    }

    private void Report(CaddyNode node, string message, bool isUnknown = false) =>
        _problems.Add(new CaddyProblem(node.Line, node.Column, message) { File = _file, IsUnknown = isUnknown });
}
