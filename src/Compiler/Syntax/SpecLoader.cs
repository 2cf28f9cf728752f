using Confgen.Compiler.Binding;
using Confgen.Compiler.Files;
using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Sources;

namespace Confgen.Compiler.Syntax;

/// <summary>Loads a spec's first file and everything that it includes, each file once.</summary>
internal sealed partial class SpecLoader(
    IFileSystem files,
    EnvironmentVariables variables,
    IReadOnlyList<ISpecFormat> formats,
    SpecShape shape,
    DiagnosticBag diagnostics
)
{
    // More than any real spec has; a program that writes files which include each other is stopped here.
    private const int MaxDepth = 64;
    private const int MaxFiles = 10_000;

    public static readonly Rule NotASpec = new("CFG0009", "not-a-spec", Severity.Error, "A file that is not a spec")
    {
        Why =
            "A spec is a map with `sites`, `upstreams`, `tunnels` or `trusted_proxies`; a part of one that an `include` names may have "
            + "other keys of a spec's root alone. Of a file that is none of these nothing is shown, because an include or a link may name "
            + "a file that the reader of the message must not see.",
        Bad = "include: [more.yaml]\nsites:\n  - { host: a.example.com, proxy: \"http://127.0.0.1:3000\" }\n",
        Good = "include: [sites.yaml]\nsites:\n  - { host: a.example.com, proxy: \"http://127.0.0.1:3000\" }\n",
        Files = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["more.yaml"] = "services:\n  app: { image: app }\n",
            ["sites.yaml"] = "sites:\n  - { host: b.example.com, proxy: \"http://127.0.0.1:3001\" }\n",
        },
    };

    private readonly EnvironmentVariables _noVariables = new(null);
    private readonly Dictionary<string, (Fence? Fence, SourceSpan Asked)> _seen = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SourceText> _sources = new(StringComparer.Ordinal);
    private readonly List<(MapSyntax Map, Fence? Fence)> _maps = [];
    private readonly HashSet<string> _converted = new(StringComparer.Ordinal);
    private int _length;
    private int _unread;

    /// <summary>The files read, by name.</summary>
    public IReadOnlyDictionary<string, SourceText> Sources => _sources;

    /// <summary>The root maps, the first file's first.</summary>
    public IReadOnlyList<MapSyntax> Maps => [.. _maps.Select(m => m.Map)];

    /// <summary>The root maps with the fence of each that has one.</summary>
    public IReadOnlyList<(MapSyntax Map, Fence? Fence)> Fenced => _maps;

    /// <summary>
    /// Whether a file is missing from <see cref="Maps"/>, so that names may be unknown for no fault of those who use them.
    /// </summary>
    public bool IsIncomplete { get; private set; }

    /// <summary>
    /// Whether edits keep what their author wrote: no variable of the environment is replaced by its value, and no other program's file is
    /// changed.
    /// </summary>
    public bool CanEdit(ValueList<TextEdit> edits) =>
        edits.All(e =>
            _sources.TryGetValue(e.Span.File, out SourceText? source)
            && !_converted.Contains(e.Span.File)
            && !source.Slice(e.Span).Contains("${", StringComparison.Ordinal)
        );

    /// <summary>Loads from a file.</summary>
    public void Load(string path, SourceSpan asked = default) => Load(path, asked, depth: 0, fence: null);

    /// <summary>Loads from a text that is already read, as standard input.</summary>
    public void Add(SourceText source) => Add(source, default, depth: 0, fence: null);

    private void Load(string path, SourceSpan asked, int depth, Fence? fence)
    {
        if (diagnostics.IsFull)
        {
            IsIncomplete = true;
        }
        else if (depth > MaxDepth || _seen.Count >= MaxFiles)
        {
            IsIncomplete = true;
            diagnostics.Report(
                SourceLoader.CannotRead,
                asked,
                depth > MaxDepth
                    ? $"files include each other more than {MaxDepth} levels deep"
                    : $"more than {MaxFiles:N0} files are included"
            );
        }
        else if (_seen.TryGetValue(files.FullPath(path), out (Fence? Fence, SourceSpan Asked) first))
        {
            CheckAgain(path, asked, fence, first.Fence, first.Asked);
        }
        else
        {
            _seen.Add(files.FullPath(path), (fence, asked));
            if (SourceLoader.Load(files, path, asked, SourceLoader.MaxBytes - _length, diagnostics) is { } source)
            {
                _length += source.Text.Length;
                Add(source, asked, depth, fence);
            }
            else
            {
                IsIncomplete = true;
                _unread++;
            }
        }
    }

    // What a file may name must not depend on the order of the includes.
    private void CheckAgain(string path, SourceSpan asked, Fence? fence, Fence? first, SourceSpan firstAsked)
    {
        if (fence != first)
        {
            RelatedSpan[] related = firstAsked.IsSome ? [new RelatedSpan(firstAsked, "the first one")] : [];
            string message = $"'{path}' is included twice, with and without this fence";
            diagnostics.Report(Fence.Outside, asked, message, "include it once", related);
        }
    }

    private void Add(SourceText source, SourceSpan asked, int depth, Fence? fence)
    {
        _sources[source.File] = source;
        (SyntaxNode? root, bool empty) = Read(source, asked, fence);
        switch (root)
        {
            case MapSyntax map when depth > 0 && !source.IsSpec:
                Refuse(source, asked, SpecShape.Expected);
                break;
            case MapSyntax map:
                _maps.Add((map, fence));
                Include(map, Path.GetDirectoryName(source.File) ?? "", depth, fence);
                break;
            case { } when depth > 0 && root is not ScalarSyntax { IsNull: true }:
                Refuse(source, asked, "it is not a map");
                break;
            case { } other when other is not ScalarSyntax { IsNull: true }:
                IsIncomplete = true;
                diagnostics.Report(
                    ValueRules.WrongType,
                    other.Span,
                    $"expected a map with 'sites' and 'upstreams', found {(other is ScalarSyntax ? "a text" : other.Kind)}",
                    Root(other)
                );
                break;
            case null when !empty:
                IsIncomplete = true;
                break;

            // An included file whose every line is a comment is one that somebody switched off.
            case var _ when depth > 0:
                break;
            default:
                diagnostics.Report(
                    ValueRules.MissingKey,
                    new SourceSpan(source.File, 1, 1, 1, 2),
                    $"'{source.File}' is empty",
                    "'confgen init' writes a first spec"
                );
                break;
        }
    }

    private static Advice Root(SyntaxNode node) =>
        node is ListSyntax
            ? new Advice("write 'sites:' above the list")
            {
                Edits = [new TextEdit(node.Span with { Column = 1, EndLine = node.Span.Line, EndColumn = 1 }, "sites:\n")],
            }
            : new Advice("a spec starts with 'sites:'; is this the configuration of another program?");

    // Another program's file is converted; what looks like a variable is a text of its own there.
    private (SyntaxNode? Root, bool IsEmpty) Read(SourceText source, SourceSpan asked, Fence? fence)
    {
        var found = new DiagnosticBag();
        SyntaxNode? node = YamlReader.Read(source, fence is null ? variables : _noVariables, found);
        if (fence is null && node is MapSyntax map && formats.FirstOrDefault(f => f.Recognizes(map)) is { } format)
        {
            found = source.Text.Contains("${", StringComparison.Ordinal) ? new DiagnosticBag() : found;
            node = source.Text.Contains("${", StringComparison.Ordinal) ? YamlReader.Read(source, variables: null, found) : node;
            _converted.Add(source.File);
            node = node is MapSyntax own ? format.Convert(own, files, found) : null;
            source.IsSpec = true;
        }
        else
        {
            source.IsSpec = node switch
            {
                MapSyntax root => asked.IsSome ? shape.Fits(root) : shape.MayFit(root),
                null => !found.HasErrors || SpecShape.MayFit(source.Text),
                _ => false,
            };
        }

        source.IsRead = node is not null;
        if (!source.IsSpec && asked.IsSome)
        {
            if (node is null)
            {
                Refuse(source, asked, $"line {found.Items[0].Span.Line} is not valid YAML");
            }

            return (node, node is null);
        }

        foreach (Diagnostic diagnostic in found.Items)
        {
            // The words of the scanner quote the text.
            bool isQuoted = !source.IsSpec && diagnostic.Rule.Equals(YamlReader.BadYaml);
            diagnostics.Add(isQuoted ? diagnostic with { Message = "this is not valid YAML", Hint = null, Fix = [] } : diagnostic);
        }

        return (node, node is null && !found.HasErrors);
    }

    private void Refuse(SourceText source, SourceSpan at, string why)
    {
        IsIncomplete = true;
        _unread++;
        diagnostics.Report(NotASpec, at, $"'{source.File}' is not a spec: {why}");
    }
}
