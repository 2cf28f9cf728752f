namespace Confgen.Files;

/// <summary>Opens logs, which somebody else names.</summary>
public static class AppendedFile
{
    private const int Buffer = 4096;

    /// <summary>
    /// Opens a file at its end, and makes it where there is none. It never waits: a FIFO that nobody reads is refused, and a write that
    /// would wait for its reader fails.
    /// </summary>
    /// <exception cref="IOException">It can't be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not write it.</exception>
    public static FileStream Open(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, Buffer);
        }

        Microsoft.Win32.SafeHandles.SafeFileHandle handle = LinuxFiles.OpenForAppend(path);
        return new FileStream(handle, FileAccess.Write, Buffer, handle.IsAsync);
    }
}
