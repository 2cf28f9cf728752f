using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Confgen.Runtime.Handover;

/// <summary>
/// Passes descriptors between processes over a unix socket: <c>SCM_RIGHTS</c> of unix(7), by sendmsg(2) and recvmsg(2) in Linux' layout.
/// The platform has no call for it. One byte goes with one descriptor at a time, so that none can be taken for another's.
/// </summary>
internal static unsafe partial class DescriptorPassing
{
    private const int SocketLevel = 1; // SOL_SOCKET
    private const int Rights = 1; // SCM_RIGHTS
    private const int NoSignal = 0x4000; // MSG_NOSIGNAL
    private const int CloseOnExec = 0x40000000; // MSG_CMSG_CLOEXEC
    private const int Interrupted = 4; // EINTR
    private const int WouldWait = 11; // EAGAIN

    private static readonly TimeSpan _longestWait = TimeSpan.FromSeconds(5);

    // CMSG_SPACE(sizeof(int)) with the header's 16 bytes of a 64-bit system.
    private const int ControlSize = 24;
    private const int ControlLength = 20;

    /// <summary>Whether the system can do it.</summary>
    public static bool IsSupported => OperatingSystem.IsLinux() && Environment.Is64BitProcess;

    /// <summary>Sends a byte, and with it a descriptor.</summary>
    /// <exception cref="SocketException">The other side is gone.</exception>
    public static void Send(Socket through, byte tag, SafeSocketHandle descriptor)
    {
        bool isHeld = false;
        try
        {
            descriptor.DangerousAddRef(ref isHeld);
            long* control = stackalloc long[ControlSize / sizeof(long)];
            control[0] = ControlLength;
            ((int*)control)[2] = SocketLevel;
            ((int*)control)[3] = Rights;
            ((int*)control)[4] = (int)descriptor.DangerousGetHandle();
            ((int*)control)[5] = 0;
            var piece = new Piece { Base = &tag, Length = 1 };
            var message = new Message
            {
                Pieces = &piece,
                Count = 1,
                Control = control,
                ControlLength = ControlSize,
            };
            while (SendMessage((int)through.SafeHandle.DangerousGetHandle(), &message, NoSignal) < 0)
            {
                if (Marshal.GetLastPInvokeError() is not WouldWait and not Interrupted and var error)
                {
                    throw new SocketException((int)SocketError.SocketError, Marshal.GetPInvokeErrorMessage(error));
                }

                // More sockets than the system's buffer holds.
                if (!through.Poll(_longestWait, SelectMode.SelectWrite))
                {
                    throw new SocketException((int)SocketError.TimedOut);
                }
            }
        }
        finally
        {
            if (isHeld)
            {
                descriptor.DangerousRelease();
            }
        }
    }

    /// <summary>Receives a byte, and the descriptor that came with it; null where none did. False where the other side has ended.</summary>
    /// <exception cref="SocketException">Nothing came within the socket's receive timeout, or the connection broke.</exception>
    public static bool TryReceive(Socket through, out byte tag, out SafeSocketHandle? descriptor)
    {
        byte read = 0;
        long* control = stackalloc long[ControlSize / sizeof(long)];
        var piece = new Piece { Base = &read, Length = 1 };
        var message = new Message
        {
            Pieces = &piece,
            Count = 1,
            Control = control,
            ControlLength = ControlSize,
        };
        nint count;
        while ((count = ReceiveMessage((int)through.SafeHandle.DangerousGetHandle(), &message, CloseOnExec)) < 0)
        {
            if (Marshal.GetLastPInvokeError() is not Interrupted and var error)
            {
                throw new SocketException((int)SocketError.SocketError, Marshal.GetPInvokeErrorMessage(error));
            }
        }

        bool hasOne =
            count > 0
            && message.ControlLength >= ControlLength
            && control[0] == ControlLength
            && ((int*)control)[2] == SocketLevel
            && ((int*)control)[3] == Rights;
        descriptor = hasOne ? new SafeSocketHandle(((int*)control)[4], ownsHandle: true) : null;
        tag = read;
        return count > 0;
    }

    [LibraryImport("libc", EntryPoint = "sendmsg", SetLastError = true)]
    private static partial nint SendMessage(int socket, Message* message, int flags);

    [LibraryImport("libc", EntryPoint = "recvmsg", SetLastError = true)]
    private static partial nint ReceiveMessage(int socket, Message* message, int flags);

    // struct iovec
    private struct Piece
    {
        public void* Base;
        public nuint Length;
    }

    // struct msghdr; where musl has an int and padding, the padding is 0.
    private struct Message
    {
        public void* Name;
        public nuint NameLength;
        public Piece* Pieces;
        public nuint Count;
        public void* Control;
        public nuint ControlLength;
        public nuint Flags;
    }
}
