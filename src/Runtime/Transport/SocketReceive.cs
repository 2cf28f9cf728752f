using System.Net.Sockets;
using System.Threading.Tasks.Sources;

namespace Confgen.Runtime.Transport;

/// <summary>
/// Receives of a socket, one after the other, that say by a value that the connection broke. A reset is how many clients leave, and as an
/// exception each costs about as much CPU as a small request.
/// </summary>
internal sealed class SocketReceive() : SocketAsyncEventArgs(unsafeSuppressExecutionContextFlow: true), IValueTaskSource<int>
{
    private ManualResetValueTaskSourceCore<int> _received;

    /// <summary>Whether the last receive ended because the connection broke or was closed on this side.</summary>
    public bool HasFailed => SocketError != SocketError.Success;

    /// <summary>Receives some bytes; 0 is the peer's end, or a failure (<see cref="HasFailed"/>).</summary>
    /// <param name="socket">The socket; the same one for all receives.</param>
    /// <param name="buffer">Where the bytes go.</param>
    /// <param name="flags">How they are received.</param>
    /// <exception cref="ObjectDisposedException">The socket was closed before.</exception>
    public ValueTask<int> RunAsync(Socket socket, Memory<byte> buffer, SocketFlags flags = SocketFlags.None)
    {
        _received.Reset();
        SetBuffer(buffer);
        SocketFlags = flags;
        return socket.ReceiveAsync(this) ? new ValueTask<int>(this, _received.Version) : ValueTask.FromResult(Received);
    }

    int IValueTaskSource<int>.GetResult(short token) => _received.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<int>.GetStatus(short token) => _received.GetStatus(token);

    void IValueTaskSource<int>.OnCompleted(
        Action<object?> continuation,
        object? state,
        short token,
        ValueTaskSourceOnCompletedFlags flags
    ) => _received.OnCompleted(continuation, state, token, flags);

    /// <inheritdoc/>
    protected override void OnCompleted(SocketAsyncEventArgs e) => _received.SetResult(Received);

    private int Received => HasFailed ? 0 : BytesTransferred;
}
