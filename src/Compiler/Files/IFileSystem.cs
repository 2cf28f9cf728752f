using Confgen.Files;

namespace Confgen.Compiler.Files;

/// <summary>The files that a compilation may read; passed in, so that tests and editors can bring their own.</summary>
public interface IFileSystem
{
    /// <summary>The absolute form of a name; a relative one is meant from the folder in which the compiler was called.</summary>
    string FullPath(string path) => Path.GetFullPath(path);

    /// <summary>
    /// The absolute form of a name with each link of it followed, in so far as it is there; one that can't be followed to its end is null.
    /// </summary>
    string? RealPath(string path) => FullPath(path);

    /// <summary>
    /// Opens a regular file for reading; throws <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/> as the platform
    /// does.
    /// </summary>
    Stream Open(string path);

    /// <summary>Whether a regular file is there.</summary>
    bool FileExists(string path);

    /// <summary>What a name leads to.</summary>
    FileKind KindOf(string path) =>
        FileExists(path) ? FileKind.Regular
        : DirectoryExists(path) ? FileKind.Directory
        : FileKind.Missing;

    /// <summary>Whether a directory is there.</summary>
    bool DirectoryExists(string path);

    /// <summary>The files below a directory that match a pattern of <c>*</c>, <c>?</c> and <c>**/</c>, sorted by name.</summary>
    IReadOnlyList<string> Find(string directory, string pattern);
}
