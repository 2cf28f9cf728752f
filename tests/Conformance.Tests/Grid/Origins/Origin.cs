using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Confgen.Conformance.Tests.Wire;
using Confgen.Conformance.Tests.Wire.Http2;

namespace Confgen.Conformance.Tests.Grid.Origins;

/// <summary>An origin of one kind, for all cases: each request says by its <c>id</c> to which case it belongs.</summary>
internal sealed class Origin : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<int, Task> _connections = new();
    private readonly GridUpstream _kind;
    private readonly OriginScript _script;
    private readonly Socket _listener;
    private readonly SslServerAuthenticationOptions? _tls;
    private int _count;

    public Origin(GridUpstream kind, OriginScript script, string socketPath, SslServerAuthenticationOptions tls)
    {
        _kind = kind;
        _script = script;
        _tls = kind == GridUpstream.Tls ? tls : null;
        bool unix = kind == GridUpstream.Unix;
        _listener = unix
            ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
            : new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        _listener.Bind(unix ? new UnixDomainSocketEndPoint(socketPath) : new IPEndPoint(IPAddress.Loopback, 0));
        int port = (_listener.LocalEndPoint as IPEndPoint)?.Port ?? 0;
        Url = kind switch
        {
            GridUpstream.Unix => $"unix:{socketPath}",
            GridUpstream.Tls => $"https://127.0.0.1:{port}",
            GridUpstream.H2c => $"h2c://127.0.0.1:{port}",
            _ => $"http://127.0.0.1:{port}",
        };
        if (unix)
        {
            // The proxy may run as another user.
            File.SetUnixFileMode(socketPath, (UnixFileMode)0b110_110_110);
        }

        _listener.Listen(512);
        _connections[0] = AcceptAsync();
    }

    /// <summary>What the spec calls it.</summary>
    public string Url { get; }

    /// <summary>What went wrong outside of any case.</summary>
    public ConcurrentQueue<string> Faults { get; } = new();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await Task.WhenAll(_connections.Values).ContinueWith(static _ => { }, TaskScheduler.Default);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            Socket socket = await _listener.AcceptAsync(_stop.Token);
            _connections[++_count] = Task.Run(() => ServeAsync(socket));
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        using (socket)
        {
            try
            {
                if (socket.ProtocolType == ProtocolType.Tcp)
                {
                    socket.NoDelay = true;
                    socket.SendBufferSize = 64 * 1024;
                }

                Stream stream = new NetworkStream(socket);
                if (_tls is not null)
                {
                    var secure = new SslStream(stream);
                    await secure.AuthenticateAsServerAsync(_tls, _stop.Token);
                    stream = secure;
                }

                await using (stream)
                {
                    await (_kind == GridUpstream.H2c ? ServeHttp2Async(stream) : ServeHttp1Async(socket, stream));
                }
            }
            catch (InvalidDataException e)
            {
                Faults.Enqueue($"{_kind}: {e.Message}");
            }
            catch (Exception e)
                when (e
                        is IOException
                            or SocketException
                            or AuthenticationException
                            or ObjectDisposedException
                            or OperationCanceledException
                )
            {
                // The peer left, or the tests are over.
            }
        }
    }

    private async Task ServeHttp1Async(Socket socket, Stream stream)
    {
        var reader = new MessageReader(stream);
        while (await Http1OriginExchange.ReadAsync(socket, stream, reader, _kind, _stop.Token) is { } exchange)
        {
            await _script.PlayAsync(exchange, Faults, _stop.Token);
            if (!exchange.IsKept)
            {
                // A goodbye, and what still comes is read, so that the kernel sends no reset.
                await stream.FlushAsync(_stop.Token);
                if (stream is SslStream secure)
                {
                    await secure.ShutdownAsync();
                }

                socket.Shutdown(SocketShutdown.Send);
                while (!await reader.ClosedAsync(_stop.Token))
                {
                    await reader.ExactlyAsync(reader.Waiting, _stop.Token);
                }

                return;
            }
        }
    }

    private async Task ServeHttp2Async(Stream stream)
    {
        var exchanges = new ConcurrentBag<Task>();
        Http2Peer? peer = null;
        using (
            peer = new Http2Peer(stream, new MessageReader(stream), isServer: true)
            {
                Opened = (opened, fields) =>
                    exchanges.Add(
                        Task.Run(() =>
                            _script.PlayAsync(
                                new Http2OriginExchange(peer ?? throw new InvalidOperationException(), opened)
                                {
                                    Method = fields.FirstOrDefault(f => f.Name == ":method").Value ?? "",
                                    Target = fields.FirstOrDefault(f => f.Name == ":path").Value ?? "",
                                    Fields =
                                    [
                                        .. fields.Where(f => f.Name is not [':', ..]),
                                        .. fields.Where(f => f.Name == ":authority").Select(f => new Field("host", f.Value)),
                                    ],
                                },
                                Faults,
                                _stop.Token
                            )
                        )
                    ),
            }
        )
        {
            await peer.RunAsync(_stop.Token);
            await Task.WhenAll(exchanges);
        }
    }
}
