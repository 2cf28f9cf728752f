using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Confgen.Files;

/// <summary>open(2) without waiting, and the kind of a file from statx(2), whose layout is the same on every architecture.</summary>
internal static partial class LinuxFiles
{
    private const int NoWaitRead = 0x800 | 0x80000 | 0x100; // O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY
    private const int NoWaitAppend = 0x1 | 0x40 | 0x400 | 0x800 | 0x80000 | 0x100; // O_WRONLY | O_CREAT | O_APPEND, and the same
    private const uint UsualMode = 0x1B6; // 0666, less the umask
    private const int CurrentFolder = -100; // AT_FDCWD
    private const int EmptyPath = 0x1000; // AT_EMPTY_PATH
    private const uint TypeAlone = 1; // STATX_TYPE
    private const int ModeOffset = 28; // struct statx, stx_mode
    private const int StatSize = 256;

    private const int NotPermitted = 1; // EPERM
    private const int NoEntry = 2; // ENOENT
    private const int AccessDenied = 13; // EACCES
    private const int NotDirectory = 20; // ENOTDIR
    private const int TooManyInSystem = 23; // ENFILE
    private const int TooMany = 24; // EMFILE

    public static FileKind KindOf(string path) => KindOf(CurrentFolder, path, 0);

    public static FileKind KindOf(SafeFileHandle handle) => KindOf((int)handle.DangerousGetHandle(), "", EmptyPath);

    /// <summary>Opens for reading; the descriptor of what would wait is returned at once, or refused.</summary>
    public static SafeFileHandle Open(string path) => Open(path, NoWaitRead);

    /// <summary>Opens for appending, and makes the file where there is none.</summary>
    public static SafeFileHandle OpenForAppend(string path) => Open(path, NoWaitAppend);

    private static SafeFileHandle Open(string path, int flags)
    {
        int descriptor = OpenFile(path, flags, UsualMode);
        if (descriptor >= 0)
        {
            return new SafeFileHandle(descriptor, ownsHandle: true);
        }

        int error = Marshal.GetLastPInvokeError();
        string reason = $"{Marshal.GetPInvokeErrorMessage(error)}: '{path}'";
        throw error switch
        {
            NoEntry or NotDirectory => new FileNotFoundException(reason, path),
            AccessDenied or NotPermitted => new UnauthorizedAccessException(reason),
            TooManyInSystem or TooMany => new NoDescriptorsException(reason),
            _ => new IOException(reason),
        };
    }

    private static unsafe FileKind KindOf(int folder, string path, int flags)
    {
        byte* stat = stackalloc byte[StatSize];
        if (Statx(folder, path, flags, TypeAlone, stat) != 0)
        {
            return FileKind.Missing;
        }

        return (*(ushort*)(stat + ModeOffset) & 0xF000) switch
        {
            0x8000 => FileKind.Regular,
            0x4000 => FileKind.Directory,
            0x1000 => FileKind.Fifo,
            0xC000 => FileKind.Socket,
            _ => FileKind.Device,
        };
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenFile(string path, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int Statx(int folder, string path, int flags, uint mask, byte* result);
}
