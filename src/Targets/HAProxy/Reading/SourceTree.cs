using Confgen.Targets.HAProxy.Syntax;
using Confgen.Targets.Importing;

namespace Confgen.Targets.HAProxy.Reading;

/// <summary>The sections of the files, in their order.</summary>
internal sealed class SourceTree
{
    /// <summary>The keywords that open a section.</summary>
    public static readonly IReadOnlyList<string> Openers =
    [
        "global",
        "defaults",
        "frontend",
        "backend",
        "listen",
        "userlist",
        "resolvers",
        "peers",
        "mailers",
        "cache",
        "program",
        "ring",
        "http-errors",
        "fcgi-app",
        "log-forward",
        "crt-store",
        "traces",
    ];

    private readonly List<SourceSection> _sections = [];

    /// <summary>The sections.</summary>
    public IReadOnlyList<SourceSection> Sections => _sections;

    /// <summary>Why the source can't be read; null where it can.</summary>
    public string? Error { get; private set; }

    /// <summary>Reads the files.</summary>
    public static SourceTree Read(ImportRequest request, ImportLedger ledger)
    {
        var tree = new SourceTree();
        foreach ((string name, string text) in request.Files)
        {
            var findings = new List<HAProxyFinding>();
            foreach (HAProxyLine line in HAProxyReader.Read(text, findings))
            {
                tree.Add(name, line, ledger);
            }

            HAProxyFinding? broken = findings.Find(static finding => finding.Message.StartsWith("a quote", StringComparison.Ordinal));
            tree.Error ??= broken is null ? null : string.Create(null, $"{name}:{broken.Line}:{broken.Column}: {broken.Message}");
        }

        return tree;
    }

    /// <summary>The section of a kind and a name; null for none.</summary>
    public SourceSection? Find(string name, params ReadOnlySpan<string> kinds)
    {
        foreach (SourceSection section in _sections)
        {
            if (section.Name == name && kinds.Contains(section.Kind))
            {
                return section;
            }
        }

        return null;
    }

    private void Add(string file, HAProxyLine line, ImportLedger ledger)
    {
        string[] words = [.. line.Words.Select(static word => word.Text)];
        LedgerEntry entry = ledger.Enter(file, line.Number, line.Words[0].Column, string.Join(' ', words));
        var source = new SourceLine(words, entry);
        if (!Openers.Contains(words[0]))
        {
            if (_sections.Count > 0)
            {
                _sections[^1].Lines.Add(source);
            }

            return;
        }

        string name = words.Length > 1 ? words[1] : "";
        string from = source.Behind("from") is [var named, ..] ? named : "";
        SourceSection? defaults =
            words[0] is "frontend" or "backend" or "listen"
                ? _sections.LastOrDefault(section => section.Kind == "defaults" && (from.Length == 0 || section.Name == from))
            : words[0] == "defaults" && from.Length > 0 ? Find(from, "defaults")
            : null;
        _sections.Add(new SourceSection(words[0], name, source, defaults));
        entry.Imply("what is in it is read");
    }
}
