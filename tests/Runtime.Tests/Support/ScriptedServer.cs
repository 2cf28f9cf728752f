using System.Net;
using System.Net.Sockets;

namespace Confgen.Runtime.Tests.Support;

/// <summary>A server that does one thing with every request, by each way in which an upstream can be reached.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    /// <summary>The ways: HTTP/1.1, the same over a unix socket, HTTP/2.</summary>
    public static readonly IReadOnlyList<string> Ways = ["http", "unix", "h2c"];

    private readonly IAsyncDisposable? _server;
    private readonly IDisposable? _full;
    private readonly Func<int> _connections = static () => 0;

    private ScriptedServer(string way, Func<Script, Task> script)
    {
        if (way == "h2c")
        {
            var server = new Http2Backend(async c =>
            {
                while (true)
                {
                    Http2BackendConnection.Request request = await c.RequestAsync();
                    await script(
                        new Script(
                            request.Field(":method")!,
                            (status, body, fields) =>
                                RespondAsync(c, request.Stream, request.Field(":method") == "HEAD", status, body, fields),
                            c.ReadToEndAsync,
                            c.Close
                        )
                    );
                }
            });
            (_server, Url, _connections) = (server, $"h2c://127.0.0.1:{server.Port}", () => server.Connections);
            return;
        }

        string path = Path.Combine(Path.GetTempPath(), $"confgen-{Guid.NewGuid():N}.sock");
        var backend = new Backend(
            async c =>
            {
                while (true)
                {
                    BackendRequest request = await c.ReadRequestAsync();
                    string method = request.Line.Split(' ')[0];
                    await script(
                        new Script(
                            method,
                            (status, body, fields) =>
                                c.SendAsync(
                                    $"HTTP/1.1 {status} x\r\n"
                                        + $"{string.Concat(fields.Select(f => $"{f.Name}: {f.Value}\r\n"))}{Length(status, body)}\r\n"
                                        + $"{(method == "HEAD" ? "" : body)}"
                                ),
                            () => c.Client.ReadToEndAsync(),
                            c.Client.Dispose
                        )
                    );
                }
            },
            way == "unix" ? new UnixDomainSocketEndPoint(path) : null
        );
        (_server, Url, _connections) = (
            backend,
            way == "unix" ? "unix:" + path : $"http://127.0.0.1:{backend.Port}",
            () => backend.Connections
        );
    }

    private ScriptedServer(IDisposable? full, string url) => (Url, _full) = (url, full);

    /// <summary>What a test does with one request.</summary>
    /// <param name="Method">Its method.</param>
    /// <param name="RespondAsync">Responds: status, body, fields.</param>
    /// <param name="WaitAsync">Waits until the proxy gives up.</param>
    /// <param name="Close">Closes the connection.</param>
    public sealed record Script(
        string Method,
        Func<int, string, (string Name, string Value)[], Task> RespondAsync,
        Func<Task> WaitAsync,
        Action Close
    );

    /// <summary>The server as a spec writes it.</summary>
    public string Url { get; }

    public int Connections => _connections();

    public static ScriptedServer Start(string way, Func<Script, Task> script) => new(way, script);

    /// <summary>Responds to everything.</summary>
    public static ScriptedServer Answering(string way, int status, string body = "", params (string Name, string Value)[] fields) =>
        new(way, s => s.RespondAsync(status, body, fields));

    /// <summary>Reads requests, and says nothing.</summary>
    public static ScriptedServer Silent(string way) => new(way, s => s.WaitAsync());

    /// <summary>Closes the connection on each request.</summary>
    public static ScriptedServer Closing(string way) =>
        new(
            way,
            s =>
            {
                s.Close();
                return Task.CompletedTask;
            }
        );

    /// <summary>Nothing listens there.</summary>
    public static ScriptedServer Down(string way) =>
        new((IDisposable?)null, way == "unix" ? $"unix:/tmp/confgen-none-{Guid.NewGuid():N}.sock" : $"{way}://127.0.0.1:{FreePort.Next()}");

    /// <summary>Takes no connection: its queue is full of others.</summary>
    public static ScriptedServer Unreachable(string way)
    {
        var full = new FullQueue();
        return new ScriptedServer(full, $"{way}://127.0.0.1:{full.Port}");
    }

    public async ValueTask DisposeAsync()
    {
        _full?.Dispose();
        await (_server?.DisposeAsync() ?? default);
    }

    private static string Length(int status, string body) => status is 204 or 304 ? "" : $"Content-Length: {body.Length}\r\n";

    private static async Task RespondAsync(
        Http2BackendConnection c,
        int stream,
        bool isHead,
        int status,
        string body,
        (string Name, string Value)[] fields
    )
    {
        bool hasBody = !isHead && body.Length > 0;
        fields = [.. fields.Select(f => (f.Name.ToLowerInvariant(), f.Value))];
        await c.HeadAsync(
            stream,
            status,
            !hasBody,
            status is 204 or 304 ? fields : [.. fields, ("content-length", body.Length.ToString())]
        );
        if (hasBody)
        {
            await c.DataAsync(stream, body, ends: true);
        }
    }

    private sealed class FullQueue : IDisposable
    {
        private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        private readonly List<Socket> _queued = [];

        public FullQueue()
        {
            _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            _listener.Listen(0);
            Port = ((IPEndPoint)_listener.LocalEndPoint!).Port;

            // Linux then answers no further SYN.
            for (int i = 0; i < 4; i++)
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
                _queued.Add(socket);
                try
                {
                    socket.Connect(IPAddress.Loopback, Port);
                }
                catch (SocketException e) when (e.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
                {
                    // It is queued, or is never going to be.
                }
            }
        }

        public int Port { get; }

        public void Dispose()
        {
            _queued.ForEach(s => s.Dispose());
            _listener.Dispose();
        }
    }
}
