using Confgen.Targets.Importing;
using Confgen.Targets.Nginx.Syntax;

namespace Confgen.Targets.Nginx.Reading;

/// <summary>Reads files and what they include into one tree, and enters every directive into the ledger.</summary>
internal sealed class SourceTree(SourceFiles files, ImportLedger ledger)
{
    private readonly ImportChain _open = new();
    private ImportLedger _ledger = ledger;

    /// <summary>The first file that can't be read, with the reason; else null.</summary>
    public string? Error { get; private set; }

    /// <summary>The directives of all files that the import begins with.</summary>
    public List<SourceDirective> Read()
    {
        var all = new List<SourceDirective>();
        foreach ((string name, string text) in files.Roots)
        {
            int slash = name.LastIndexOf('/');
            if (_open.TryOpen(name))
            {
                ReadFile(name, text, slash < 0 ? "" : name[..Math.Max(slash, 1)], all);
                _open.Close(name);
            }
        }

        return all;
    }

    private void ReadFile(string name, string text, string prefix, List<SourceDirective> into)
    {
        NginxParse parse = NginxParser.Parse(text);
        if (parse.File is null)
        {
            Error ??= $"{name}{parse.Error}";
            return;
        }

        Add(name, prefix, parse.File.Directives, into);
    }

    private void Add(string file, string prefix, IReadOnlyList<NginxDirective> directives, List<SourceDirective> into)
    {
        foreach (NginxDirective directive in directives)
        {
            var source = new SourceDirective(
                directive,
                _ledger.Enter(file, directive.Name.Line, directive.Name.Column, OneLine(directive))
            );
            if (source is { Name: "include", Arguments.Count: 1, IsBlock: false })
            {
                Include(source, prefix, into);
                continue;
            }

            if (directive.Block is not null && !HasOwnSyntax(source))
            {
                Add(file, prefix, directive.Block.Directives, source.Children);
            }
            else if (directive.Block is not null)
            {
                AddLines(file, directive.Block.Directives, source.Children);
            }

            into.Add(source);
        }
    }

    private void Include(SourceDirective include, string prefix, List<SourceDirective> into)
    {
        string pattern = include.First;
        if (pattern.EndsWith("mime.types", StringComparison.Ordinal))
        {
            include.Entry.Imply("media types come from confgen's own table");
            return;
        }

        IReadOnlyList<(string Name, string Text)> found = files.Find(pattern, prefix);
        if (found.Count == 0 && FileGlob.IsPattern(pattern))
        {
            include.Entry.Tune("no file has such a name");
        }
        else if (found.Count == 0 && KnownFiles.Find(pattern) is { } known)
        {
            include.Entry.Imply("the file isn't here, and read as distributions have it");

            // Its lines are no lines of the source, which the report is about.
            ImportLedger own = _ledger;
            _ledger = new ImportLedger();
            ReadFile(pattern, known, prefix, into);
            _ledger = own;
        }
        else if (found.Count == 0)
        {
            include.Entry.Lose("the file isn't here: '--map FOLDER=HERE' tells where its folder is");
        }
        else
        {
            include.Entry.Imply(found.Count == 1 ? "the file is read" : $"{found.Count} files are read");
            foreach ((string name, string text) in found)
            {
                if (!_open.TryOpen(name))
                {
                    include.Entry.Lose("files include one another without an end");
                    continue;
                }

                ReadFile(name, text, prefix, into);
                _open.Close(name);
            }
        }
    }

    // In these a line is a pair of values, and `include` alone a directive.
    private static bool HasOwnSyntax(SourceDirective block) => block.Name is "map" or "geo" or "types" or "split_clients" or "charset_map";

    private void AddLines(string file, IReadOnlyList<NginxDirective> lines, List<SourceDirective> into)
    {
        foreach (NginxDirective line in lines)
        {
            var source = new SourceDirective(line, _ledger.Enter(file, line.Name.Line, line.Name.Column, OneLine(line)));
            AddLines(file, line.Block?.Directives ?? [], source.Children);
            into.Add(source);
        }
    }

    private static string OneLine(NginxDirective directive)
    {
        string text = string.Join(' ', directive.Arguments.Select(a => a.ToString()).Prepend(directive.Name.ToString()));
        return string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)) + (directive.Block is null ? "" : " {}");
    }
}
