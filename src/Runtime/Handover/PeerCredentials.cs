using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Confgen.Runtime.Handover;

/// <summary>Who is at the other end of a unix socket: <c>SO_PEERCRED</c> of unix(7).</summary>
/// <param name="ProcessId">The process; 0 where it isn't seen from here, as in another container.</param>
/// <param name="UserId">Its effective user.</param>
internal readonly partial record struct PeerCredentials(int ProcessId, uint UserId)
{
    private const int SocketLevel = 1; // SOL_SOCKET
    private const int Option = 17; // SO_PEERCRED
    private const uint Root = 0;

    /// <summary>Whether it may do what this process may: it runs as the same user, or as root.</summary>
    public bool IsTrusted => UserId == Root || UserId == EffectiveUser();

    /// <summary>Those of a connection's other end.</summary>
    public static PeerCredentials Of(Socket socket)
    {
        // struct ucred: pid, uid, gid.
        Span<byte> credentials = stackalloc byte[12];
        socket.GetRawSocketOption(SocketLevel, Option, credentials);
        return new PeerCredentials(MemoryMarshal.Read<int>(credentials), MemoryMarshal.Read<uint>(credentials[4..]));
    }

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint EffectiveUser();
}
