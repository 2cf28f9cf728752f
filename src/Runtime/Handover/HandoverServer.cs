using System.Collections.Concurrent;
using System.Net.Sockets;
using Confgen.Runtime.Listening;

namespace Confgen.Runtime.Handover;

/// <summary>
/// Awaits the process that serves next, at a unix socket that the owner alone can connect to. The sockets themselves are passed, not their
/// addresses bound a second time: connections that the system has taken and nobody has accepted yet then stay in the queue that both
/// processes share.
/// </summary>
internal sealed class HandoverServer : IDisposable
{
    private readonly ConcurrentQueue<Socket> _waiting = new();
    private readonly Action<string> _notice;
    private Socket? _successor;

    /// <summary>Listens at a path, but accepts nobody yet.</summary>
    /// <exception cref="SocketException">The path can't be bound.</exception>
    public HandoverServer(string path, InheritedSockets inherited, Action<string> notice)
    {
        _notice = notice;
        Listener = inherited.Open(new UnixDomainSocketEndPoint(path), []).LetOwnerConnect();
    }

    /// <summary>Where it listens: handed over, too.</summary>
    public Listener Listener { get; }

    /// <summary>Whether a process waits for the sockets.</summary>
    public bool HasSuccessor => !_waiting.IsEmpty;

    /// <summary>Accepts from now on.</summary>
    public void Start() =>
        Listener.Accept(
            connection =>
            {
                _waiting.Enqueue(connection.Socket);
                return Task.CompletedTask;
            },
            _notice
        );

    /// <summary>
    /// Gives the sockets to the process that waits; its id when it serves, 0 where it isn't known, null where it ended before.
    /// </summary>
    public async Task<int?> HandOverAsync(IReadOnlyList<Listener> listeners, CancellationToken cancellation)
    {
        if (!_waiting.TryDequeue(out Socket? successor))
        {
            return null;
        }

        try
        {
            // The file's mode keeps others out, but not before it is set.
            var peer = PeerCredentials.Of(successor);
            byte[] said = new byte[1];
            if (peer.IsTrusted && await successor.ReceiveAsync(said, cancellation) == 1 && said[0] == HandoverTags.Version[0])
            {
                foreach (Listener listener in listeners)
                {
                    DescriptorPassing.Send(successor, listener.IsInherited ? HandoverTags.Inherited : HandoverTags.Owned, listener.Handle);
                }

                await successor.SendAsync(new[] { HandoverTags.Last });
                if (await successor.ReceiveAsync(said, cancellation) == 1 && said[0] == HandoverTags.Serving)
                {
                    _successor = successor;
                    return peer.ProcessId;
                }
            }
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            // It is gone, or this process is asked to end.
        }

        successor.Dispose();
        return null;
    }

    /// <summary>Accepts no other process, and tells the one that serves that this one is at its end.</summary>
    public void Dispose()
    {
        Listener.Dispose();
        _successor?.Dispose();
        while (_waiting.TryDequeue(out Socket? waiting))
        {
            waiting.Dispose();
        }
    }
}
