using Confgen.Compiler.Files;

namespace Confgen.Cli.Importing.Proving;

/// <summary>The files of this machine, and an empty one for each that it lacks.</summary>
internal sealed class LenientFiles(IFileSystem files) : IFileSystem
{
    /// <inheritdoc/>
    public string FullPath(string path) => files.FullPath(path);

    /// <inheritdoc/>
    public string? RealPath(string path) => files.RealPath(path);

    /// <inheritdoc/>
    public Stream Open(string path) => files.FileExists(path) ? files.Open(path) : new MemoryStream();

    /// <inheritdoc/>
    public bool FileExists(string path) => true;

    /// <inheritdoc/>
    public bool DirectoryExists(string path) => files.DirectoryExists(path);

    /// <inheritdoc/>
    public IReadOnlyList<string> Find(string directory, string pattern) => files.Find(directory, pattern);
}
