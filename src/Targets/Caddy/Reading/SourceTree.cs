using Confgen.Targets.Caddy.Syntax;
using Confgen.Targets.Importing;

namespace Confgen.Targets.Caddy.Reading;

/// <summary>
/// Reads files with what they import into one tree, and enters every line into the ledger. A snippet is a tree as well: where it is
/// imported, it is copied with the arguments of the import (caddyconfig/caddyfile/parse.go, doImport).
/// </summary>
internal sealed class SourceTree(ImportRequest request, ImportLedger ledger)
{
    private readonly Dictionary<string, SourceLine> _snippets = new(StringComparer.Ordinal);
    private readonly ImportChain _open = new();
    private readonly HashSet<string> _imported = new(StringComparer.Ordinal);

    /// <summary>The first file that can't be read, with the reason; else null.</summary>
    public string? Error { get; private set; }

    /// <summary>The global options, sites and named routes of all files, in their order.</summary>
    public List<SourceLine> Read()
    {
        var all = new List<SourceLine>();
        foreach ((string name, string text) in request.Files)
        {
            ReadFile(name, text, isTop: true, all);
        }

        foreach ((string name, SourceLine snippet) in _snippets)
        {
            if (_imported.Contains(name))
            {
                snippet.Entry.Imply("its lines are read where it is imported");
            }
            else
            {
                snippet.TuneAll("nothing imports it");
            }
        }

        return all;
    }

    private void ReadFile(string name, string text, bool isTop, List<SourceLine> into)
    {
        string marked = EnvironmentMarks.Mark(
            text,
            request.Variable,
            (reference, line, column) =>
                ledger.Enter(name, line, column, reference).Tune("the variable of the environment is empty or not set here")
        );
        var parser = new CaddyParser(marked, CaddyVersion.Newest);
        foreach (CaddyNode node in isTop ? parser.TopLevel() : parser.Lines())
        {
            if (node.Kind == CaddyNodeKind.Comment)
            {
                continue;
            }

            SourceLine line = Build(node, name);
            if (node.Kind == CaddyNodeKind.Snippet)
            {
                _snippets.TryAdd(node.Name[1..^1], line);
            }
            else
            {
                Expand(line, ImportArguments.None, isTop, into);
            }
        }

        if (parser.Problem is { } problem)
        {
            Error ??= (problem with { File = name }).ToString();
        }
    }

    private SourceLine Build(CaddyNode node, string file)
    {
        SourceWord[] words = [.. node.Tokens.Select(t => new SourceWord(t.Text, t.Quote != CaddyQuote.None))];
        if (node.Kind == CaddyNodeKind.Site)
        {
            words = [.. words.Select(w => w with { Text = w.Text.TrimEnd(',') }).Where(w => w.Text.Length > 0)];
        }

        string text =
            Shown(words)
            + (
                node.Block is null ? ""
                : words.Length == 0 ? "{}"
                : node.Braces ? " {}"
                : ""
            );
        var line = new SourceLine(node.Kind, words, ledger.Enter(file, node.Line, node.Column, text), file)
        {
            HasBlock = node.Block is not null,
        };
        foreach (CaddyNode child in (node.Block ?? []).Where(c => c.Kind != CaddyNodeKind.Comment))
        {
            line.Block.Add(Build(child, file));
        }

        return line;
    }

    private static string Shown(IEnumerable<SourceWord> words)
    {
        string text = string.Join(' ', words.Select(w => w.Text.Length == 0 ? "\"\"" : w.Text));
        text = EnvironmentMarks.AsWritten(text);
        return string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    // Adds the line as it is where it stands: its imports replaced, the arguments of the import around it put in.
    private void Expand(SourceLine line, ImportArguments arguments, bool isTop, List<SourceLine> into)
    {
        if (arguments.LinesFor(line) is { } given)
        {
            line.Entry.Imply("what the import gives stands in its place");
            into.AddRange(given);
            return;
        }

        List<SourceWord> words = arguments.Replace(line.Words);
        if (line.Name == "import")
        {
            var block = new List<SourceLine>();
            ExpandAll(line.Block, arguments, block);
            Import(line, words, block, isTop, into);
            return;
        }

        // A line of a snippet is a site or the global options where the snippet stands for these.
        CaddyNodeKind kind = !isTop || line.Kind != CaddyNodeKind.Directive ? line.Kind : CaddyNodeKind.Site;
        var copy = new SourceLine(kind, words, line.Entry, line.File) { HasBlock = line.HasBlock };
        ExpandAll(line.Block, arguments, copy.Block);
        into.Add(copy);
    }

    private void ExpandAll(IEnumerable<SourceLine> lines, ImportArguments arguments, List<SourceLine> into)
    {
        foreach (SourceLine line in lines)
        {
            Expand(line, arguments, isTop: false, into);
        }
    }

    private void Import(SourceLine line, List<SourceWord> words, List<SourceLine> block, bool isTop, List<SourceLine> into)
    {
        if (words.Count < 2)
        {
            line.Entry.Lose("it names nothing");
            return;
        }

        string name = words[1].Text;
        if (!_open.TryOpen(name))
        {
            line.Entry.Lose("files and snippets import one another without an end");
            return;
        }

        Read(line, words, block, isTop, into);
        _open.Close(name);
    }

    private void Read(SourceLine line, List<SourceWord> words, List<SourceLine> block, bool isTop, List<SourceLine> into)
    {
        string name = words[1].Text;
        if (_snippets.TryGetValue(name, out SourceLine? snippet))
        {
            _imported.Add(name);
            line.Entry.Imply("the snippet is read");
            foreach (SourceLine one in snippet.Block)
            {
                Expand(one, new ImportArguments([.. words.Skip(2)], block), isTop, into);
            }

            return;
        }

        var found = ImportedFiles.Find(request, name, line.File);
        if (found is null)
        {
            line.LoseAll("the file isn't here: '--map FOLDER=HERE' tells where its folder is");
        }
        else if (found.Count == 0)
        {
            line.TuneAll("no file has such a name");
        }
        else
        {
            line.Entry.Imply(found.Count == 1 ? "the file is read" : $"{found.Count} files are read");
            foreach ((string file, string text) in found)
            {
                var lines = new List<SourceLine>();
                ReadFile(file, text, isTop, lines);
                foreach (SourceLine one in lines)
                {
                    Expand(one, new ImportArguments([.. words.Skip(2)], block), isTop, into);
                }
            }
        }
    }
}
