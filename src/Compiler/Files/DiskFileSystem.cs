namespace Confgen.Compiler.Files;

/// <summary>The files of this machine.</summary>
public sealed class DiskFileSystem : IFileSystem
{
    /// <inheritdoc/>
    public Stream Open(string path) => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);

    /// <inheritdoc/>
    public bool FileExists(string path) => File.Exists(path);

    /// <inheritdoc/>
    public bool DirectoryExists(string path) => Directory.Exists(path);

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
        if (!Directory.Exists(root))
        {
            return [];
        }

        SearchOption depth = recursive ? SearchOption.AllDirectories : SearchOption.TopDirectoryOnly;
        string[] found = Directory.GetFiles(root, Path.GetFileName(pattern), depth);
        Array.Sort(found, StringComparer.Ordinal);
        return found;
    }
}
