using Confgen.Compiler.Files;

namespace Confgen.Targets.Tests.Snapshots;

/// <summary>A case's folder, seen as <c>/spec/</c>; nothing else of the machine is seen.</summary>
internal sealed class CaseFiles(string folder) : IFileSystem
{
    public const string Root = "/spec/";

    private readonly DiskFileSystem _disk = new();

    public Stream Open(string path) => _disk.Open(Real(path) ?? throw new FileNotFoundException("no such file", path));

    public bool FileExists(string path) => Real(path) is { } real && _disk.FileExists(real);

    public bool DirectoryExists(string path) => Real(path) is { } real && _disk.DirectoryExists(real);

    public IReadOnlyList<string> Find(string directory, string pattern) =>
        Real(directory) is not { } real
            ? []
            : [.. _disk.Find(real, pattern).Select(found => Root + Path.GetRelativePath(folder, found).Replace('\\', '/'))];

    private string? Real(string path)
    {
        string full = Path.GetFullPath(path, Root) + (path.EndsWith('/') ? "" : "/");
        return full.StartsWith(Root, StringComparison.Ordinal)
            ? Path.TrimEndingDirectorySeparator(Path.Combine(folder, full[Root.Length..]))
            : null;
    }
}
