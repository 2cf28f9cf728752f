using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Confgen.Runtime.Transport;

/// <summary>
/// Whether the peer has ended its side or reset the connection, although bytes that nobody reads yet come before that: poll(2) on Linux
/// says so. Elsewhere it is noticed when they are read.
/// </summary>
internal static partial class PeerEnd
{
    private const short ReadHangUp = 0x2000;
    private const short Error = 0x8;
    private const short HangUp = 0x10;

    /// <summary>Looks at a socket, without waiting.</summary>
    /// <param name="socket">The socket.</param>
    /// <param name="isBroken">Whether it was reset.</param>
    /// <returns>Whether it has ended in either way.</returns>
    public static bool IsSeen(Socket socket, out bool isBroken)
    {
        isBroken = false;
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        SafeSocketHandle handle = socket.SafeHandle;
        bool isHeld = false;
        try
        {
            handle.DangerousAddRef(ref isHeld);
            var looked = new PollDescriptor { Descriptor = (int)handle.DangerousGetHandle(), Events = ReadHangUp };
            bool isSeen = Poll(ref looked, 1, 0) > 0;
            isBroken = (looked.Seen & (Error | HangUp)) != 0;
            return isSeen;
        }
        catch (ObjectDisposedException)
        {
            return isBroken = true;
        }
        finally
        {
            if (isHeld)
            {
                handle.DangerousRelease();
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "poll")]
    private static partial int Poll(ref PollDescriptor descriptors, nuint count, int timeout);

    [StructLayout(LayoutKind.Sequential)]
    private struct PollDescriptor
    {
        public int Descriptor;
        public short Events;
        public short Seen;
    }
}
