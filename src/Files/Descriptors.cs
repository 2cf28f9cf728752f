using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Confgen.Files;

/// <summary>
/// What is left of the descriptors that the process may open (RLIMIT_NOFILE). The last of them are kept for what can't do without: .NET
/// opens a pipe for each new thread and a file for each assembly, and ends the process where it can't.
/// </summary>
/// <remarks>
/// The system gives the lowest descriptor that is free, so the number of the last one says how many are in use. The bound is of Linux;
/// elsewhere there is none.
/// </remarks>
public static partial class Descriptors
{
    /// <summary>What the operator can do.</summary>
    public const string WayOut = "raise the limit of open files (LimitNOFILE= of systemd, ulimit -n)";

    private const int MostKept = 64;
    private const int KeptPart = 8;
    private const int OpenFiles = 7; // RLIMIT_NOFILE

    private static readonly nint _firstKept = FirstKept();

    /// <summary>Whether a handle has one of the last descriptors.</summary>
    public static bool AreShort(SafeHandle opened) => opened.DangerousGetHandle() >= _firstKept;

    /// <summary>Whether the next handle would have one of the last descriptors, or could not be opened at all.</summary>
    public static bool AreShort()
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        try
        {
            using SafeFileHandle next = File.OpenHandle("/dev/null");
            return AreShort(next);
        }
        catch (IOException)
        {
            return true;
        }
    }

    // The limit at start: .NET has raised it to the hard one by then.
    private static nint FirstKept() =>
        OperatingSystem.IsLinux() && GetLimit(OpenFiles, out Limit limit) == 0 && limit.Soft <= int.MaxValue
            ? (nint)limit.Soft - Math.Min(MostKept, (int)limit.Soft / KeptPart)
            : nint.MaxValue;

    [LibraryImport("libc", EntryPoint = "getrlimit")]
    private static partial int GetLimit(int resource, out Limit limit);

    [StructLayout(LayoutKind.Sequential)]
    private struct Limit
    {
        public nuint Soft;
        public nuint Hard;
    }
}
