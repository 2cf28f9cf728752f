using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Confgen.Files;

/// <summary>
/// The one place that opens files for reading which a spec, a call or a request names. It opens regular files alone and never waits: a
/// FIFO, a device or a socket is refused before it is opened, and again by its descriptor, because it may have been exchanged in between.
/// What is read whole has a bound, which holds for files that grow while they are read, too.
/// </summary>
public static class RegularFile
{
    private const int Block = 64 * 1024;

    /// <summary>What a path leads to.</summary>
    public static FileKind KindOf(string path) =>
        path.Contains('\0', StringComparison.Ordinal) ? FileKind.Missing
        : OperatingSystem.IsLinux() ? LinuxFiles.KindOf(path)
        : Directory.Exists(path) ? FileKind.Directory
        : File.Exists(path) ? FileKind.Regular
        : FileKind.Missing;

    /// <summary>Whether a path leads to a regular file.</summary>
    public static bool Exists(string path) => KindOf(path) == FileKind.Regular;

    /// <summary>Opens a file for reading, without a buffer.</summary>
    /// <exception cref="NotRegularFileException">The path leads to something else.</exception>
    /// <exception cref="FileNotFoundException">It leads nowhere.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not read it.</exception>
    /// <exception cref="IOException">Another fault of the system.</exception>
    public static FileStream Open(string path)
    {
        if (path.Contains('\0', StringComparison.Ordinal))
        {
            throw new FileNotFoundException("a path holds a NUL", path);
        }

        if (KindOf(path) is not (FileKind.Regular or FileKind.Missing) and var kind)
        {
            throw new NotRegularFileException(path, kind);
        }

        if (!OperatingSystem.IsLinux())
        {
            var plain = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            return plain.CanSeek ? plain : throw Refused(plain.SafeFileHandle, path, FileKind.Fifo);
        }

        SafeFileHandle handle = LinuxFiles.Open(path);
        return LinuxFiles.KindOf(handle) is not FileKind.Regular and var opened
            ? throw Refused(handle, path, opened)
            : new FileStream(handle, FileAccess.Read, bufferSize: 0, handle.IsAsync);
    }

    /// <summary>The whole content of a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="limit">The most bytes that it may have.</param>
    /// <exception cref="FileTooLargeException">It has more.</exception>
    /// <exception cref="IOException">As <see cref="Open"/>.</exception>
    public static byte[] ReadBytes(string path, int limit)
    {
        using FileStream file = Open(path);
        var content = new MemoryStream((int)Math.Min(Math.Max(file.Length, 0), limit));
        byte[] block = new byte[Block];
        for (int read = file.Read(block); read > 0; read = file.Read(block))
        {
            if (content.Length + read > limit)
            {
                throw new FileTooLargeException(path, limit);
            }

            content.Write(block, 0, read);
        }

        return content.ToArray();
    }

    /// <summary>The whole content of a UTF-8 file, as <see cref="ReadBytes"/>.</summary>
    public static string ReadText(string path, int limit)
    {
        byte[] content = ReadBytes(path, limit);
        return Encoding.UTF8.GetString(content.AsSpan().StartsWith("\uFEFF"u8) ? content.AsSpan(3) : content);
    }

    private static NotRegularFileException Refused(SafeFileHandle handle, string path, FileKind kind)
    {
        handle.Dispose();
        return new NotRegularFileException(path, kind);
    }
}
