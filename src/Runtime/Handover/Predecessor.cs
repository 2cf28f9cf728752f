using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;
using Confgen.Files;

namespace Confgen.Runtime.Handover;

/// <summary>
/// The process that serves until now, as its successor sees it: (1) it gives its listening sockets, (2) it hears that the successor accepts
/// connections on them, and accepts none itself from then on, (3) it ends when what it has accepted is over.
/// </summary>
public sealed class Predecessor : IDisposable
{
    // It answers between two looks at its spec, unless a reload takes that long.
    private static readonly TimeSpan _longestWait = TimeSpan.FromSeconds(30);

    private readonly Socket _socket;

    private Predecessor(Socket socket, IReadOnlyList<Socket> owned, IReadOnlyList<Socket> inherited) =>
        (_socket, Owned, Inherited) = (socket, owned, inherited);

    /// <summary>Whether sockets can be handed over on this system: 64-bit Linux.</summary>
    public static bool IsSupported => DescriptorPassing.IsSupported;

    /// <summary>The sockets that it bound itself, or took from its own predecessor: their owner is who serves.</summary>
    public IReadOnlyList<Socket> Owned { get; }

    /// <summary>The sockets that the service manager has bound, and keeps.</summary>
    public IReadOnlyList<Socket> Inherited { get; }

    /// <summary>Asks the process behind a unix socket for its sockets.</summary>
    /// <param name="path">The path of the socket.</param>
    /// <param name="predecessor">The process; null where nobody listens there: then this is the first one.</param>
    /// <param name="problem">Why it doesn't hand over, where somebody listens there.</param>
    public static bool TryFind(string path, out Predecessor? predecessor, [NotNullWhen(false)] out string? problem)
    {
        (predecessor, problem) = (null, null);
        if (RegularFile.KindOf(path) != FileKind.Socket)
        {
            return true;
        }

        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        List<Socket> owned = [],
            inherited = [];
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(path));
            socket.ReceiveTimeout = (int)_longestWait.TotalMilliseconds;
            socket.Send(HandoverTags.Version);
            while (DescriptorPassing.TryReceive(socket, out byte tag, out SafeSocketHandle? descriptor))
            {
                if (tag == HandoverTags.Last)
                {
                    predecessor = new Predecessor(socket, owned, inherited);
                    return true;
                }

                if (descriptor is null)
                {
                    break;
                }

                (tag == HandoverTags.Owned ? owned : inherited).Add(new Socket(descriptor));
            }

            problem = "the process there hands no sockets over: it runs another version, or is about to end";
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionRefused)
        {
            // It was killed, and left the file behind.
            socket.Dispose();
            return true;
        }
        catch (SocketException e)
        {
            problem = $"the process there hands no sockets over: {e.Message}";
        }

        socket.Dispose();
        owned.Concat(inherited).ToList().ForEach(s => s.Dispose());
        return false;
    }

    /// <summary>Tells it that connections are accepted here. It may be gone by then.</summary>
    public void TellServing()
    {
        try
        {
            _socket.Send([HandoverTags.Serving]);
        }
        catch (SocketException)
        {
            // The sockets are here all the same.
        }
    }

    /// <summary>Ends when the process has ended.</summary>
    public async Task WaitAsync(CancellationToken cancellation)
    {
        try
        {
            byte[] nothing = new byte[1];
            while (await _socket.ReceiveAsync(nothing, cancellation) > 0) { }
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // It was killed, or nobody waits any more.
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();
}
