using Confgen.Cli.Compiling;
using Confgen.Compiler;
using Confgen.Compiler.Rendering;
using Confgen.Model.Diagnostics;

namespace Confgen.Cli.Editing;

/// <summary>The specs that the editor works on: what belongs together, and what was found in it last.</summary>
internal sealed class SpecFiles(CliEnvironment surroundings, OpenDocuments documents, IReadOnlyList<ITarget> targets)
{
    // A file that is only a part of a spec is checked as a part of it.
    private readonly Dictionary<string, SpecFindings> _byRoot = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _rootOf = new(StringComparer.Ordinal);

    /// <summary>The compiler, which reads the open documents.</summary>
    public CompilerHost Host { get; } = Compilers.Create(surroundings, files: documents);

    /// <summary>Compiles the spec that a file belongs to.</summary>
    /// <returns>The diagnostics of each of its files; files that belonged to it before have none.</returns>
    public IReadOnlyDictionary<string, IReadOnlyList<Diagnostic>> Check(string path)
    {
        string root = RootOf(path);
        SpecFindings? before = _byRoot.GetValueOrDefault(root);
        Compilation compilation = Compilation.FromFile(Host, root);
        IReadOnlyList<Diagnostic> found =
        [
            .. compilation.Diagnostics,
            // What a program does whatever the spec says has no place in it.
            .. targets.SelectMany(t => compilation.Render(t, Layout.Complete).Diagnostics).Where(d => d.Span.IsSome).Distinct(),
        ];
        var findings = new SpecFindings(
            [.. compilation.Sources.Keys.Append(root).Select(Path.GetFullPath).Distinct(StringComparer.Ordinal)],
            found.ToLookup(d => d.Span.File.Length > 0 ? Path.GetFullPath(d.Span.File) : root, StringComparer.Ordinal)
        );
        if (!findings.Files.Contains(path))
        {
            // It is no part of that spec any more.
            _rootOf.Remove(path);
            return Check(path);
        }

        _byRoot[root] = findings;
        foreach (string file in findings.Files)
        {
            _rootOf[file] = root;
        }

        return findings
            .Files.Concat(before?.Files ?? [])
            .Concat(findings.ByFile.Select(f => f.Key))
            .Distinct(StringComparer.Ordinal)
            .ToDictionary(file => file, file => (IReadOnlyList<Diagnostic>)[.. findings.ByFile[file]], StringComparer.Ordinal);
    }

    /// <summary>What was found in a file last.</summary>
    public IEnumerable<Diagnostic> FindingsOf(string path) =>
        _rootOf.GetValueOrDefault(path) is { } root && _byRoot.GetValueOrDefault(root) is { } findings ? findings.ByFile[path] : [];

    /// <summary>The files of the spec that a file belongs to, its own first.</summary>
    public IEnumerable<string> FilesWith(string path) =>
        _rootOf.GetValueOrDefault(path) is { } root && _byRoot.GetValueOrDefault(root) is { } findings
            ? findings.Files.Prepend(path).Distinct(StringComparer.Ordinal)
            : [path];

    /// <summary>Forgets which file belongs to which spec, where a file appeared or went.</summary>
    public void Forget() => _rootOf.Clear();

    private string RootOf(string path)
    {
        if (_rootOf.GetValueOrDefault(path) is { } known && known != path)
        {
            return known;
        }

        Compilation alone = Compilation.FromFile(Host, path);
        return IncludedBy.RootOf(surroundings, Host, path, alone) ?? path;
    }

    private sealed record SpecFindings(IReadOnlyList<string> Files, ILookup<string, Diagnostic> ByFile);
}
