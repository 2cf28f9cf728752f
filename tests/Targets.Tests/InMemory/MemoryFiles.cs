using System.IO.Enumeration;
using System.Text;
using Confgen.Compiler.Files;

namespace Confgen.Targets.Tests.InMemory;

/// <summary>Files in memory, by their absolute names.</summary>
internal sealed class MemoryFiles(IReadOnlyDictionary<string, string> files) : IFileSystem
{
    public Stream Open(string path) =>
        new MemoryStream(
            Encoding.UTF8.GetBytes(files.TryGetValue(path, out string? text) ? text : throw new FileNotFoundException("no such file", path))
        );

    public bool FileExists(string path) => files.ContainsKey(Path.GetFullPath(path));

    public bool DirectoryExists(string path) =>
        files.Keys.Any(f => f.StartsWith(Path.GetFullPath(path).TrimEnd('/') + "/", StringComparison.Ordinal));

    public IReadOnlyList<string> Find(string directory, string pattern) =>
        [
            .. files
                .Keys.Where(f => FileSystemName.MatchesSimpleExpression(Path.Combine(directory, pattern), f))
                .Order(StringComparer.Ordinal),
        ];
}
