using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Confgen.Runtime.Tests.Support;

/// <summary>A server that records the very bytes that it gets, and does what the test says with each connection.</summary>
internal sealed class Backend : IAsyncDisposable
{
    private readonly Socket _listener;
    private readonly Func<BackendConnection, Task> _serve;
    private readonly ConcurrentBag<RawClient> _open = [];
    private readonly Task _accepting;
    private int _connections;

    public Backend(Func<BackendConnection, Task>? serve = null, EndPoint? at = null)
    {
        at ??= new IPEndPoint(IPAddress.Loopback, 0);
        _listener = new Socket(
            at.AddressFamily,
            SocketType.Stream,
            at is UnixDomainSocketEndPoint ? ProtocolType.Unspecified : ProtocolType.Tcp
        );
        _listener.Bind(at);
        _listener.Listen(512);
        _serve = serve ?? (c => c.ResponseAllAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"));
        _accepting = AcceptAsync();
    }

    /// <summary>A backend that gives every request the same response, and lives on after each.</summary>
    public static Backend Answering(string response) => new(c => c.ResponseAllAsync(response));

    public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    /// <summary>The connections that were made.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>The requests, each with head and body as they came.</summary>
    public ConcurrentQueue<BackendRequest> Requests { get; } = new();

    /// <summary>The only request.</summary>
    public BackendRequest Request => Assert.Single(Requests);

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        foreach (RawClient client in _open)
        {
            client.Dispose();
        }

        await _accepting;
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            try
            {
                Socket socket = await _listener.AcceptAsync();
                int number = Interlocked.Increment(ref _connections);
                var client = new RawClient(new NetworkStream(socket, ownsSocket: true), socket);
                _open.Add(client);
                _ = ServeAsync(new BackendConnection(this, client, number));
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(BackendConnection connection)
    {
        try
        {
            await _serve(connection);
        }
        catch (Exception e) when (e is InvalidOperationException or IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The proxy closed the connection.
        }
        finally
        {
            connection.Client.Dispose();
        }
    }
}
