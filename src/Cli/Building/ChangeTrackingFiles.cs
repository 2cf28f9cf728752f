using Confgen.Compiler.Files;
using Confgen.Files;

namespace Confgen.Cli.Building;

/// <summary>Files that remember what was asked of them, and can tell whether the responses would be others now.</summary>
internal sealed class ChangeTrackingFiles(IFileSystem files) : IFileSystem
{
    private readonly Dictionary<string, string> _states = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Directory, string Pattern), string> _found = [];

    /// <inheritdoc/>
    public string FullPath(string path) => files.FullPath(path);

    /// <inheritdoc/>
    public string? RealPath(string path) => files.RealPath(path);

    /// <inheritdoc/>
    public Stream Open(string path)
    {
        Note(path);
        return files.Open(path);
    }

    /// <inheritdoc/>
    public bool FileExists(string path)
    {
        Note(path);
        return files.FileExists(path);
    }

    /// <inheritdoc/>
    public FileKind KindOf(string path)
    {
        Note(path);
        return files.KindOf(path);
    }

    /// <inheritdoc/>
    public bool DirectoryExists(string path) => files.DirectoryExists(path);

    /// <inheritdoc/>
    public IReadOnlyList<string> Find(string directory, string pattern)
    {
        IReadOnlyList<string> found = files.Find(directory, pattern);
        lock (_states)
        {
            _found[(directory, pattern)] = string.Join('\n', found);
        }

        return found;
    }

    /// <summary>Whether a file that was asked for is another now, or a search would find others.</summary>
    public bool HaveChanged() =>
        _states.Any(s => StateOf(s.Key) != s.Value)
        || _found.Any(f => string.Join('\n', files.Find(f.Key.Directory, f.Key.Pattern)) != f.Value);

    /// <summary>The same files as they are now.</summary>
    public ChangeTrackingFiles Again()
    {
        var now = new ChangeTrackingFiles(files);
        foreach (string path in _states.Keys)
        {
            now.Note(path);
        }

        foreach ((string directory, string pattern) in _found.Keys)
        {
            now.Find(directory, pattern);
        }

        return now;
    }

    // The state before the file is read: a change during the build is then seen after it.
    private void Note(string path)
    {
        string full = FullPath(path);
        lock (_states)
        {
            _states.TryAdd(full, StateOf(full));
        }
    }

    private static string StateOf(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? string.Create(null, $"{file.Length} {file.LastWriteTimeUtc.Ticks}") : "";
    }
}
