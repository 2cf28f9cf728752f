using Confgen.Compiler.Binding;
using Confgen.Compiler.Files;
using Confgen.Model.Diagnostics;
using Confgen.Model.Sources;

namespace Confgen.Compiler.Syntax;

/// <summary>Loads a spec's first file and everything that it includes, each file once.</summary>
internal sealed class SpecLoader(IFileSystem files, Func<string, string?> variables, IReadOnlyList<ISpecFormat> formats, DiagnosticBag diagnostics)
{
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SourceText> _sources = new(StringComparer.Ordinal);
    private readonly List<MapSyntax> _maps = [];

    /// <summary>The files read, by name.</summary>
    public IReadOnlyDictionary<string, SourceText> Sources => _sources;

    /// <summary>The root maps, the first file's first.</summary>
    public IReadOnlyList<MapSyntax> Maps => _maps;

    /// <summary>Loads from a file.</summary>
    public void Load(string path, SourceSpan asked = default)
    {
        if (_seen.Add(files.FullPath(path)) && SourceLoader.Load(files, path, asked, diagnostics) is { } source)
        {
            Add(source);
        }
    }

    /// <summary>Loads from a text that is already read, as standard input.</summary>
    public void Add(SourceText source)
    {
        _sources[source.File] = source;
        switch (Read(source))
        {
            case MapSyntax map:
                _maps.Add(map);
                Include(map, Path.GetDirectoryName(source.File) ?? "");
                break;
            case { } other when other is not ScalarSyntax { IsNull: true }:
                diagnostics.Report(ValueRules.WrongType, other.Span, $"a spec is a map with 'sites', 'upstreams', ...; this is {other.Kind}");
                break;
            case null when diagnostics.HasErrors:
                break;
            default:
                diagnostics.Report(ValueRules.MissingKey, new SourceSpan(source.File, 1, 1, 1, 2), $"'{source.File}' is empty", "'confgen init' writes a first spec");
                break;
        }
    }

    // Another program's file is converted; what looks like a variable is a text of its own there.
    private SyntaxNode? Read(SourceText source)
    {
        var found = new DiagnosticBag();
        SyntaxNode? node = YamlReader.Read(source, variables, found);
        if (node is MapSyntax map && formats.FirstOrDefault(f => f.Recognizes(map)) is { } format)
        {
            found = source.Text.Contains("${", StringComparison.Ordinal) ? new DiagnosticBag() : found;
            node = source.Text.Contains("${", StringComparison.Ordinal) ? YamlReader.Read(source, variables: null, found) : node;
            node = node is MapSyntax own ? format.Convert(own, files, found) : null;
        }

        foreach (Diagnostic diagnostic in found.Items)
        {
            diagnostics.Add(diagnostic);
        }

        return node;
    }

    private void Include(MapSyntax map, string folder)
    {
        SyntaxNode? include = map.Find("include");
        foreach (ScalarSyntax pattern in (include is ListSyntax list ? list.Items : include is null ? [] : [include]).OfType<ScalarSyntax>())
        {
            if (pattern.Value.AsSpan().IndexOfAny('*', '?') < 0)
            {
                Load(Path.Combine(folder, pattern.Value), pattern.Span);
                continue;
            }

            IReadOnlyList<string> found = files.Find(folder.Length == 0 ? "." : folder, pattern.Value);
            foreach (string file in found)
            {
                Load(folder.Length == 0 && file.StartsWith("./", StringComparison.Ordinal) ? file[2..] : file, pattern.Span);
            }

            if (found.Count == 0)
            {
                diagnostics.Report(SourceLoader.CannotRead, pattern.Span, $"no file matches '{pattern.Value}'");
            }
        }
    }
}
