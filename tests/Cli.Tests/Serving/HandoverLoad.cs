using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using Confgen.Cli.Tests.World;

namespace Confgen.Cli.Tests.Serving;

/// <summary>
/// Clients of each kind, one request after the other: closing ones (HTTP/1.0 and 1.1), kept ones that go on until the server says close,
/// plain, over TLS and by a unix socket, and HTTP/2. No client sends anything twice: whatever goes wrong is an error.
/// </summary>
internal sealed class HandoverLoad : IAsyncDisposable
{
    private readonly int _port;
    private readonly string _path;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<string> _errors = new();
    private readonly ConcurrentDictionary<(string Client, string Text), int> _seen = new();
    private readonly Dictionary<string, Task> _clients = [];

    public HandoverLoad(int port, string path)
    {
        (_port, _path) = (port, path);
        Run("HTTP/1.0", () => OnceAsync(PlainAsync, "GET / HTTP/1.0\r\nHost: a.test\r\n\r\n"));
        Run("closing", () => OnceAsync(PlainAsync, "GET / HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\n\r\n"));
        Run("closing, unix", () => OnceAsync(UnixAsync, "GET / HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\n\r\n"));
        Run("closing, TLS", () => OnceAsync(SecureAsync, "GET / HTTP/1.1\r\nHost: tls.test\r\nConnection: close\r\n\r\n"));
        Run("kept", () => KeptAsync("kept", PlainAsync, "a.test"));
        Run("kept, unix", () => KeptAsync("kept, unix", UnixAsync, "a.test"));
        Run("kept, TLS", () => KeptAsync("kept, TLS", SecureAsync, "tls.test"));
        var http2 = new HttpClient(new SocketsHttpHandler())
        {
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        http2.DefaultRequestHeaders.Host = "a.test";
        Run("HTTP/2", () => http2.GetStringAsync($"http://127.0.0.1:{port}/"));
    }

    /// <summary>Waits until each client has got a response of this text.</summary>
    public Task SeenAsync(string text) =>
        Until.TrueAsync(
            () => !_errors.IsEmpty || _clients.Keys.All(c => _seen.ContainsKey((c, text))),
            () => $"not all have seen '{text}': {string.Join(", ", _seen.Keys)}"
        );

    /// <summary>Ends it; gives the errors.</summary>
    public async Task<IReadOnlyCollection<string>> EndAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_clients.Values);
        return _errors;
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _stop.Dispose();
    }

    private void Run(string name, Func<Task<string>> request) =>
        _clients[name] = Task.Run(async () =>
        {
            while (!_stop.IsCancellationRequested)
            {
                try
                {
                    _seen.AddOrUpdate((name, await request()), 1, static (_, n) => n + 1);
                }
                catch (Exception e) when (e is IOException or SocketException or HttpRequestException or FormatException)
                {
                    _errors.Enqueue($"{name}: {e.Message}");
                }

                // Other processes need the machine, too.
                await Task.Delay(1);
            }
        });

    private static async Task<string> OnceAsync(Func<Task<Stream>> connect, string request)
    {
        await using Stream stream = await connect();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request));
        return await ReadAsync(stream) is { IsLast: true } response
            ? response.Text
            : throw new FormatException("the connection was to be closed");
    }

    // A kept connection of its own for each client: the next one is made where a response says that it was the last.
    private readonly ConcurrentDictionary<string, Stream> _kept = new();

    private async Task<string> KeptAsync(string name, Func<Task<Stream>> connect, string host)
    {
        if (!_kept.TryGetValue(name, out Stream? stream))
        {
            stream = _kept[name] = await connect();
        }

        await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET / HTTP/1.1\r\nHost: {host}\r\n\r\n"));
        (string text, bool isLast) = await ReadAsync(stream);
        if (isLast)
        {
            _kept.TryRemove(name, out _);
            await stream.DisposeAsync();
        }

        return text;
    }

    private static async Task<(string Text, bool IsLast)> ReadAsync(Stream stream)
    {
        byte[] buffer = new byte[4096];
        int length = 0;
        while (true)
        {
            string read = Encoding.ASCII.GetString(buffer, 0, length);
            if (read.IndexOf("\r\n\r\n", StringComparison.Ordinal) is >= 0 and var end)
            {
                if (!read.StartsWith("HTTP/1.1 200", StringComparison.Ordinal))
                {
                    throw new FormatException(read);
                }

                string head = read[..end].ToLowerInvariant();
                int at = head.IndexOf("content-length: ", StringComparison.Ordinal) + "content-length: ".Length;
                int due = int.Parse(head[at..].Split('\r')[0]);
                if (read.Length - end - 4 == due)
                {
                    return (read[(end + 4)..], head.Contains("connection: close", StringComparison.Ordinal));
                }
            }

            int more = await stream.ReadAsync(buffer.AsMemory(length));
            length += more > 0 ? more : throw new FormatException($"the connection ended behind '{read}'");
        }
    }

    private async Task<Stream> PlainAsync()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, _port);
        return new NetworkStream(socket, ownsSocket: true);
    }

    private async Task<Stream> UnixAsync()
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(_path));
        return new NetworkStream(socket, ownsSocket: true);
    }

    private async Task<Stream> SecureAsync()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Parse("127.0.0.2"), _port);
#pragma warning disable CA5359 // The certificate is made for the test, and nothing about it is tested.
        var stream = new SslStream(new NetworkStream(socket, ownsSocket: true), leaveInnerStreamOpen: false, (_, _, _, _) => true);
#pragma warning restore CA5359
        await stream.AuthenticateAsClientAsync("tls.test");
        return stream;
    }
}
