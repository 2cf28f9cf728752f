using System.Net.Security;
using System.Net.Sockets;

namespace Confgen.Runtime.Transport;

/// <summary>
/// A connection's bytes both ways: a socket, or TLS on it. A plain socket is read and written without a stream in between; with inline
/// completions that is what brings a request to nginx's cost.
/// </summary>
internal sealed class Connection(Socket socket) : IDisposable
{
    private readonly Socket _socket = socket;
    private readonly SocketReceive _receive = new();
    private SslStream? _tls;
    private int _closed;
    private int _endedSending;
    private volatile bool _hasStoppedReceiving;

    /// <summary>Whether TLS is spoken.</summary>
    public bool IsTls => _tls is not null;

    /// <summary>The socket below.</summary>
    public Socket Socket => _socket;

    /// <summary>Whether this side has closed it.</summary>
    public bool IsClosed => Volatile.Read(ref _closed) != 0;

    /// <summary>
    /// Whether the peer has ended its side, and everything that it sent was received: closing a plain socket then resets nothing.
    /// <see cref="InputBuffer"/> says so.
    /// </summary>
    public bool HasPeerEnded { get; private set; }

    /// <summary>Whether the last receive found the connection broken, or closed on this side, instead of ended by the peer.</summary>
    public bool IsBroken => _receive.HasFailed;

    /// <summary>Whether the last response was sent, and the client is awaited to end its side.</summary>
    public bool IsLingering { get; set; }

    /// <summary>Called once, by whoever closes it.</summary>
    public Action? Closed { get; set; }

    /// <summary>From now on everything goes through TLS.</summary>
    public void Secure(SslStream tls) => _tls = tls;

    /// <summary>This connection as a stream, for those who need one.</summary>
    public Stream AsStream() => _tls is { } tls ? tls : new NetworkStream(_socket, ownsSocket: false);

    /// <summary>This connection as a stream that owns it.</summary>
    public Stream AsOwnedStream() =>
        Closed is not null ? new OwnedStream(this)
        : _tls is { } tls ? tls
        : new NetworkStream(_socket, ownsSocket: true);

    /// <summary>Receives some bytes; 0 is the peer's end, or that the connection broke (<see cref="IsBroken"/>).</summary>
    public ValueTask<int> ReceiveAsync(Memory<byte> buffer) => _tls is { } tls ? tls.ReadAsync(buffer) : _receive.RunAsync(_socket, buffer);

    /// <summary>Receives some bytes as they come, below TLS where that is spoken; 0 as <see cref="ReceiveAsync"/> has it.</summary>
    public ValueTask<int> ReceiveBelowAsync(Memory<byte> buffer, SocketFlags flags = SocketFlags.None) =>
        _receive.RunAsync(_socket, buffer, flags);

    /// <summary>A receive has ended with the peer's end, unless it is this side that has stopped to receive.</summary>
    public void NoteEnd() => HasPeerEnded = !_hasStoppedReceiving;

    /// <summary>Sends all the bytes.</summary>
    public ValueTask SendAsync(ReadOnlyMemory<byte> data)
    {
        if (_tls is { } tls)
        {
            return tls.WriteAsync(data);
        }

        ValueTask<int> sending = _socket.SendAsync(data, SocketFlags.None);
        if (!sending.IsCompletedSuccessfully)
        {
            return FinishAsync(sending, data);
        }

        int sent = sending.GetAwaiter().GetResult();
        return sent == data.Length ? ValueTask.CompletedTask : SendRestAsync(data[sent..]);
    }

    /// <summary>Whether bytes, or the peer's end, wait to be received.</summary>
    public bool IsReadable()
    {
        try
        {
            return _socket.Poll(0, SelectMode.SelectRead);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return true;
        }
    }

    /// <summary>Tells the peer that nothing more is sent; what it still sends can be received. A second call does nothing.</summary>
    public async ValueTask EndSendingAsync()
    {
        if (Interlocked.Exchange(ref _endedSending, 1) != 0)
        {
            return;
        }

        try
        {
            if (_tls is { } tls)
            {
                await tls.ShutdownAsync();
            }

            _socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is SocketException or IOException or InvalidOperationException)
        {
            Dispose();
        }
    }

    /// <summary>
    /// Lets a receive that is pending see the end, as if the peer had ended its side: unlike <see cref="Dispose"/> this resets nothing, and
    /// the response can still be sent.
    /// </summary>
    public void StopReceiving() => ShutDown(SocketShutdown.Receive);

    /// <summary>Ends both directions: what was sent is delivered, sends and receives under way end.</summary>
    public void ShutDown() => ShutDown(SocketShutdown.Both);

    /// <summary>Ends the connection so that the peer sees an error: the bytes sent so far are no whole message.</summary>
    public void Abort()
    {
        if (Interlocked.Exchange(ref _closed, 1) == 0)
        {
            try
            {
                _socket.LingerState = new LingerOption(enable: true, seconds: 0);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                // It is gone already.
            }

            Release();
        }
    }

    /// <summary>
    /// Gives back what TLS took, where nobody sends or receives any more: a receive that was pending has seen the socket's end.
    /// </summary>
    public void ReleaseTls() => _tls?.Dispose();

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _closed, 1) == 0)
        {
            Release();
        }
    }

    private void ShutDown(SocketShutdown direction)
    {
        _hasStoppedReceiving = true;
        if (OperatingSystem.IsWindows())
        {
            // There it ends no receive that is pending.
            Dispose();
            return;
        }

        try
        {
            _socket.Shutdown(direction);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            Dispose();
        }
    }

    private void Release()
    {
        // Not the SslStream: a read of it may be under way in another thread, which the closed socket ends.
        _socket.Dispose();
        _receive.Dispose();
        Closed?.Invoke();
    }

    private async ValueTask FinishAsync(ValueTask<int> sending, ReadOnlyMemory<byte> data)
    {
        int sent = await sending;
        if (sent < data.Length)
        {
            await SendRestAsync(data[sent..]);
        }
    }

    private async ValueTask SendRestAsync(ReadOnlyMemory<byte> data)
    {
        while (!data.IsEmpty)
        {
            data = data[await _socket.SendAsync(data, SocketFlags.None)..];
        }
    }
}
