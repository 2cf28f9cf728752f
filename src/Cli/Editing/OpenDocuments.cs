using System.Text;
using Confgen.Compiler.Files;
using Confgen.Files;

namespace Confgen.Cli.Editing;

/// <summary>The disk's files, with the texts that the editor holds in the place of those that it has opened.</summary>
internal sealed class OpenDocuments(IFileSystem disk) : IFileSystem
{
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);

    /// <summary>The absolute names of the open files.</summary>
    public IReadOnlyCollection<string> Open => _texts.Keys;

    /// <summary>Takes a text in the place of a file's.</summary>
    public void Set(string path, string text) => _texts[path] = text;

    /// <summary>From now on the file is the disk's.</summary>
    public void Close(string path) => _texts.Remove(path);

    /// <summary>An open file's text, or null.</summary>
    public string? TextOf(string path) => _texts.GetValueOrDefault(path);

    /// <summary>A file's text, open or on the disk; null where it can't be read.</summary>
    public string? Read(string path)
    {
        if (TextOf(path) is { } text)
        {
            return text;
        }

        try
        {
            using var reader = new StreamReader(disk.Open(path));
            return reader.ReadToEnd();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    string IFileSystem.FullPath(string path) => disk.FullPath(path);

    string? IFileSystem.RealPath(string path) => disk.RealPath(path);

    Stream IFileSystem.Open(string path) =>
        _texts.TryGetValue(disk.FullPath(path), out string? text) ? new MemoryStream(Encoding.UTF8.GetBytes(text)) : disk.Open(path);

    bool IFileSystem.FileExists(string path) => _texts.ContainsKey(disk.FullPath(path)) || disk.FileExists(path);

    FileKind IFileSystem.KindOf(string path) => _texts.ContainsKey(disk.FullPath(path)) ? FileKind.Regular : disk.KindOf(path);

    bool IFileSystem.DirectoryExists(string path) => disk.DirectoryExists(path);

    IReadOnlyList<string> IFileSystem.Find(string directory, string pattern) => disk.Find(directory, pattern);
}
