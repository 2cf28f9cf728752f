using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace Confgen.Conformance.Tests.Wire;

/// <summary>A client's connection: sends the bytes that it is given, and reads what comes back without mending it.</summary>
internal sealed class RawConnection : IAsyncDisposable
{
    private readonly Socket _socket;
    private readonly Stream _stream;

    private RawConnection(Socket socket, Stream stream, Stream input)
    {
        _socket = socket;
        _stream = stream;
        Reader = new MessageReader(input);
    }

    public MessageReader Reader { get; }

    /// <summary>What the bytes are sent through.</summary>
    public Stream Stream => _stream;

    /// <summary>Whether HTTP/2 was agreed on.</summary>
    public bool SpeaksHttp2 => _stream is SslStream secure && secure.NegotiatedApplicationProtocol == SslApplicationProtocol.Http2;

    /// <summary>Connects.</summary>
    /// <param name="port">The port, on loopback.</param>
    /// <param name="from">The client's address, one of 127.0.0.0/8; null for the usual one.</param>
    /// <param name="tls">How TLS is spoken, or null.</param>
    /// <param name="stop">The ceiling.</param>
    /// <param name="receiveBuffer">The size in bytes of the kernel's receive buffer; 0 for the usual one.</param>
    /// <param name="paced">What the bytes are read through, as by a slow reader; null to read at once.</param>
    /// <param name="socketPath">A unix socket in place of the port.</param>
    public static async Task<RawConnection> OpenAsync(
        int port,
        string? from,
        SslClientAuthenticationOptions? tls,
        CancellationToken stop,
        int receiveBuffer = 0,
        Func<Stream, Stream>? paced = null,
        string? socketPath = null
    )
    {
        Socket socket = socketPath is not null
            ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
            : new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (receiveBuffer > 0)
        {
            socket.ReceiveBufferSize = receiveBuffer;
        }

        try
        {
            if (from is not null)
            {
                socket.Bind(new IPEndPoint(IPAddress.Parse(from), 0));
            }

            // A program that listens at its ports may still be about to bind its socket.
            while (socketPath is not null && !File.Exists(socketPath))
            {
                await Task.Delay(20, stop);
            }

            await socket.ConnectAsync(
                socketPath is not null ? new UnixDomainSocketEndPoint(socketPath) : new IPEndPoint(IPAddress.Loopback, port),
                stop
            );
            Stream stream = new NetworkStream(socket, ownsSocket: true);
            if (tls is not null)
            {
                var secure = new SslStream(stream);
                await secure.AuthenticateAsClientAsync(tls, stop);
                stream = secure;
            }

            return new RawConnection(socket, stream, paced?.Invoke(stream) ?? stream);
        }
        catch (Exception e) when (e is IOException or SocketException or AuthenticationException or OperationCanceledException)
        {
            socket.Dispose();
            throw;
        }
    }

    public async Task SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken stop)
    {
        await _stream.WriteAsync(bytes, stop);
        await _stream.FlushAsync(stop);
    }

    /// <summary>Sends the end (of TLS and of TCP) and goes on reading.</summary>
    public async Task FinishSendingAsync()
    {
        if (_stream is SslStream secure)
        {
            await secure.ShutdownAsync();
        }

        _socket.Shutdown(SocketShutdown.Send);
    }

    /// <summary>Closes with a reset instead of a goodbye.</summary>
    public void Reset()
    {
        _socket.LingerState = new LingerOption(enable: true, 0);
        _socket.Close();
    }

    /// <summary>Closes without another word.</summary>
    public void Close() => _socket.Close();

    public ValueTask DisposeAsync() => _stream.DisposeAsync();
}
