namespace Confgen.Compiler.Files;

/// <summary>The files of this machine.</summary>
/// <param name="current">The folder from which relative names are meant; the process's own unless given.</param>
public sealed class DiskFileSystem(string? current = null) : IFileSystem
{
    /// <inheritdoc/>
    public string FullPath(string path) => current is null ? Path.GetFullPath(path) : Path.GetFullPath(path, current);

    /// <inheritdoc/>
    public Stream Open(string path) => new FileStream(FullPath(path), FileMode.Open, FileAccess.Read, FileShare.Read);

    /// <inheritdoc/>
    public bool FileExists(string path) => File.Exists(FullPath(path));

    /// <inheritdoc/>
    public bool DirectoryExists(string path) => Directory.Exists(FullPath(path));

    /// <inheritdoc/>
    public IReadOnlyList<string> Find(string directory, string pattern)
    {
        string folder = Path.GetDirectoryName(pattern) ?? "";
        bool recursive = folder.EndsWith("**", StringComparison.Ordinal);
        if (recursive)
        {
            folder = Path.GetDirectoryName(folder) ?? "";
        }

        string root = Path.Combine(directory, folder);
        string full = FullPath(root);
        if (!Directory.Exists(full))
        {
            return [];
        }

        SearchOption depth = recursive ? SearchOption.AllDirectories : SearchOption.TopDirectoryOnly;

        // The names come back as the spec gave the folder, so that diagnostics show what the author knows.
        return [.. Directory.GetFiles(full, Path.GetFileName(pattern), depth).Select(f => Path.Combine(root, Path.GetRelativePath(full, f))).Order(StringComparer.Ordinal)];
    }
}
