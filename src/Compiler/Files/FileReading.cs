using System.Text;
using Confgen.Files;

namespace Confgen.Compiler.Files;

/// <summary>Reads files whole, up to a bound.</summary>
public static class FileReading
{
    private const int Block = 64 * 1024;

    /// <summary>
    /// The content of a UTF-8 file; throws as <see cref="IFileSystem.Open"/>, and <see cref="FileTooLargeException"/> beyond the bound.
    /// </summary>
    /// <param name="files">The files.</param>
    /// <param name="path">The file.</param>
    /// <param name="limit">The most bytes that it may have.</param>
    public static string ReadText(this IFileSystem files, string path, int limit)
    {
        using Stream stream = files.Open(path);
        using var content = new MemoryStream();
        byte[] block = new byte[Block];
        for (int read = stream.Read(block); read > 0; read = stream.Read(block))
        {
            content.Write(block, 0, read);
            if (content.Length > limit)
            {
                throw new FileTooLargeException(path, limit);
            }
        }

        using var reader = new StreamReader(new MemoryStream(content.GetBuffer(), 0, (int)content.Length, writable: false), Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
