using System.IO.Enumeration;
using Confgen.Files;

namespace Confgen.Compiler.Files;

/// <summary>The files of this machine.</summary>
/// <param name="current">The folder from which relative names are meant; the process's own unless given.</param>
public sealed class DiskFileSystem(string? current = null) : IFileSystem
{
    // A pattern as /**/*.yaml would otherwise walk the whole machine.
    private const int MostEntries = 100_000;

    // As many as Linux follows (path_resolution(7)).
    private const int MostLinks = 40;

    /// <inheritdoc/>
    public string FullPath(string path) => current is null ? Path.GetFullPath(path) : Path.GetFullPath(path, current);

    /// <inheritdoc/>
    public string? RealPath(string path)
    {
        string real = "/";
        int links = 0;
        var rest = new Stack<string>(FullPath(path).Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse());
        while (rest.TryPop(out string? part))
        {
            string next = part == ".." ? Path.GetDirectoryName(real) ?? "/" : Path.Combine(real, part);
            if (part is "." or ".." || new FileInfo(next).LinkTarget is not { } target)
            {
                real = part == "." ? real : next;
            }
            else if (++links > MostLinks)
            {
                return null;
            }
            else
            {
                real = target.StartsWith('/') ? "/" : real;
                foreach (string piece in target.Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse())
                {
                    rest.Push(piece);
                }
            }
        }

        return real;
    }

    /// <inheritdoc/>
    public Stream Open(string path) => RegularFile.Open(FullPath(path));

    /// <inheritdoc/>
    public bool FileExists(string path) => RegularFile.Exists(FullPath(path));

    /// <inheritdoc/>
    public FileKind KindOf(string path) => RegularFile.KindOf(FullPath(path));

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

        var options = new EnumerationOptions
        {
            RecurseSubdirectories = recursive,
            MaxRecursionDepth = 16,
            IgnoreInaccessible = true,
            AttributesToSkip = FileAttributes.None,
            MatchType = MatchType.Simple,
        };
        int seen = 0;
        var found = new FileSystemEnumerable<string>(full, (ref FileSystemEntry e) => e.ToFullPath(), options)
        {
            ShouldIncludePredicate = (ref FileSystemEntry e) =>
                ++seen > MostEntries
                    ? throw new IOException($"there are more than {MostEntries:N0} files")
                    : !e.IsDirectory && FileSystemName.MatchesSimpleExpression(Path.GetFileName(pattern), e.FileName, ignoreCase: false),

            // A link may lead back to where it stands.
            ShouldRecursePredicate = (ref FileSystemEntry e) => !e.Attributes.HasFlag(FileAttributes.ReparsePoint),
        };

        // The names come back as the spec gave the folder, so that diagnostics show what the author knows.
        return [.. found.Select(f => Path.Combine(root, Path.GetRelativePath(full, f))).Order(StringComparer.Ordinal)];
    }
}
