using Confgen.Compiler.Syntax;
using Confgen.Model.Diagnostics;
using Confgen.Model.Sources;
using Confgen.Targets.Compose;
using Confgen.Targets.Importing;

namespace Confgen.Targets.Traefik.Reading;

/// <summary>All that Traefik reads, as one tree: files, labels of compose and the arguments of Traefik's own service.</summary>
internal sealed class SourceTree(ImportLedger ledger)
{
    private readonly List<MapSyntax> _compose = [];

    /// <summary>The root of everything.</summary>
    public SourceKey Root { get; } = new("");

    /// <summary>The services of compose that have labels.</summary>
    public List<LabelledService> Services { get; } = [];

    /// <summary>The name of the project of compose.</summary>
    public string Project { get; private set; } = "";

    /// <summary>Why the source can't be read; null where it can.</summary>
    public string? Error { get; private set; }

    /// <summary>Reads the files.</summary>
    public static SourceTree Read(ImportRequest request, ImportLedger ledger)
    {
        var tree = new SourceTree(ledger);
        foreach ((string name, string text) in request.Files)
        {
            tree.ReadFile(name, text);
        }

        tree.ReadCompose(request.Files[0].Name);
        return tree;
    }

    private void ReadFile(string name, string text)
    {
        if (name.EndsWith(".toml", StringComparison.OrdinalIgnoreCase))
        {
            Error ??= TomlFile.Read(name, text, Root, ledger);
            return;
        }

        var found = new DiagnosticBag();
        SyntaxNode? root = YamlText.Read(new SourceText(name, text), found);
        if (found.Items.FirstOrDefault(static d => d.Severity == Severity.Error) is { } error)
        {
            Error ??= $"{error.Span}: {error.Message}";
        }
        else if (root is MapSyntax compose && compose.Find("services") is MapSyntax)
        {
            _compose.Add(compose);
        }
        else if (root is MapSyntax map)
        {
            Add(map, Root);
        }
        else
        {
            Error ??= $"{name}:1:1: not a map";
        }
    }

    private void Add(MapSyntax map, SourceKey to)
    {
        foreach (EntrySyntax entry in map.Entries)
        {
            Add(entry.Value, to.Make(entry.Key.Value), entry.Key.Span);
        }
    }

    private void Add(SyntaxNode node, SourceKey key, SourceSpan at)
    {
        string value = node switch
        {
            ScalarSyntax { IsNull: false } scalar => scalar.Value,
            ListSyntax list => string.Join(", ", list.Items.OfType<ScalarSyntax>().Select(static item => item.Value)),
            _ => "",
        };
        key.Stands(ledger.Enter(at.File, at.Line, at.Column, value.Length > 0 ? $"{key.Name}: {value}" : key.Name + ":"));
        switch (node)
        {
            case MapSyntax map:
                Add(map, key);
                break;
            case ListSyntax list when list.Items.Any(static item => item is MapSyntax):
                foreach (MapSyntax item in list.Items.OfType<MapSyntax>())
                {
                    Add(item, key.Make(string.Create(null, $"{key.Keys.Count}")));
                }

                break;
            case ListSyntax list:
                key.List = [.. list.Items.OfType<ScalarSyntax>().Select(static item => item.Value)];
                key.Value = value;
                break;
            case ScalarSyntax { IsNull: false }:
                key.Value = value;
                break;
        }
    }

    private void ReadCompose(string file)
    {
        Project =
            _compose.Select(static root => (root.Find("name") as ScalarSyntax)?.Value).FirstOrDefault(static name => name is not null)
            ?? Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(file)) ?? "");
        foreach (ComposeSource service in ComposeFile.Read(_compose))
        {
            foreach (
                (string text, SourceSpan at) in service.Command.Where(static each => each.Text.StartsWith("--", StringComparison.Ordinal))
            )
            {
                string[] parts = text[2..].Split('=', 2);
                FlatTree.Add(Root, parts[0], parts.Length > 1 ? parts[1] : "true", ledger.Enter(at.File, at.Line, at.Column, text));
            }

            var labelled = new LabelledService(service.Name, service.Ports);
            foreach ((string name, string value, SourceSpan at) in service.Labels)
            {
                if (name.StartsWith("traefik.", StringComparison.OrdinalIgnoreCase))
                {
                    LedgerEntry entry = ledger.Enter(at.File, at.Line, at.Column, $"{name}={value}");
                    FlatTree.Add(labelled.Labels, name["traefik.".Length..], value, entry);
                }
            }

            if (labelled.Labels.Keys.Count > 0)
            {
                Services.Add(labelled);
            }
        }
    }
}
