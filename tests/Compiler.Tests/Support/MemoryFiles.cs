using System.Text;
using Confgen.Compiler.Files;

namespace Confgen.Compiler.Tests.Support;

/// <summary>Files in memory, by their names relative to an imaginary folder.</summary>
internal sealed class MemoryFiles(IReadOnlyDictionary<string, string> files) : IFileSystem
{
    public Stream Open(string path) =>
        new MemoryStream(
            Encoding.UTF8.GetBytes(
                files.FirstOrDefault(f => Path.GetFullPath(f.Key) == Path.GetFullPath(path)).Value is { } text
                    ? text
                    : throw new FileNotFoundException("no such file", path)
            )
        );

    public bool FileExists(string path) => files.Keys.Any(f => Path.GetFullPath(f) == Path.GetFullPath(path));

    public bool DirectoryExists(string path) => false;

    public IReadOnlyList<string> Find(string directory, string pattern) =>
        [.. files.Keys.Where(f => System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(pattern, f)).Order(StringComparer.Ordinal)];
}
