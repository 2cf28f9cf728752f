using System.Security.Cryptography;

namespace Confgen.Files;

/// <summary>
/// Files of this program's own with keys, for their owner alone. One is written whole or not at all, whenever the process is killed: a
/// reader sees the old content or the new one.
/// </summary>
public static class SecretFile
{
    /// <summary>What a file that was never finished ends with.</summary>
    public const string Unfinished = ".tmp";

    private const UnixFileMode OwnerAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Makes a folder, and those above it, for their owner alone.</summary>
    public static void MakeFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else if (!Directory.Exists(path))
        {
            // The mode is for the last folder alone.
            if (Path.GetDirectoryName(path) is { Length: > 0 } parent)
            {
                MakeFolder(parent);
            }

            Directory.CreateDirectory(path, OwnerAlone | UnixFileMode.UserExecute);
        }
    }

    /// <summary>Writes a file, in the place of one that is there.</summary>
    /// <exception cref="IOException">It can't be written.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not write it.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        string draft = $"{path}.{Convert.ToHexString(RandomNumberGenerator.GetBytes(8))}{Unfinished}";
        try
        {
            using (var stream = new FileStream(draft, Options(FileMode.CreateNew, FileAccess.Write, FileShare.Read)))
            {
                stream.Write(content);
                stream.Flush(flushToDisk: true);
            }

            File.Move(draft, path, overwrite: true);
        }
        catch
        {
            File.Delete(draft);
            throw;
        }
    }

    /// <summary>
    /// Takes a lock that one process has at a time, and that ends with the process; null while another has it. It is held until the stream
    /// is closed.
    /// </summary>
    public static FileStream? TryLock(string path)
    {
        try
        {
            // .NET locks such a file by flock(2).
            return new FileStream(path, Options(FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException e) when (e is not (FileNotFoundException or DirectoryNotFoundException) && File.Exists(path))
        {
            return null;
        }
    }

    private static FileStreamOptions Options(FileMode mode, FileAccess access, FileShare share)
    {
        var options = new FileStreamOptions
        {
            Mode = mode,
            Access = access,
            Share = share,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerAlone;
        }

        return options;
    }
}
