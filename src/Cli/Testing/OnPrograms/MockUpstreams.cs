using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Confgen.Model.Units;

namespace Confgen.Cli.Testing.OnPrograms;

/// <summary>
/// Servers on the loopback in place of a spec's upstreams. Each notes the head of every request, byte for byte, and answers 200. They
/// speak HTTP/1.1 alone: what is tried is what the proxy does with a request, not how it reaches the real servers.
/// </summary>
/// <param name="disguise">Learns which mock plays which server.</param>
/// <param name="respond">The bytes of the response to a request, ended by the end of the connection; a short 200 unless given.</param>
/// <param name="run">
/// Of the parameters of a FastCGI request its head, null where no script is there; unless given, no mock speaks FastCGI.
/// </param>
internal sealed class MockUpstreams(
    AddressMapping disguise,
    Func<MessageHead, byte[]>? respond = null,
    Func<IReadOnlyList<KeyValuePair<string, string>>, MessageHead?>? run = null
) : IAsyncDisposable
{
    private static readonly byte[] _answer =
        "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 3\r\nConnection: close\r\n\r\nok\n"u8.ToArray();

    private readonly CancellationTokenSource _stop = new();
    private readonly List<TcpListener> _listeners = [];
    private readonly ConcurrentBag<Task> _tasks = [];
    private readonly ConcurrentQueue<MockRequest> _seen = [];

    /// <summary>Whether there are mocks that speak FastCGI.</summary>
    public bool RunsScripts => run is not null;

    /// <summary>Starts a stand-in for a server, and gives its address.</summary>
    /// <param name="upstream">The upstream's name; null for an auth server, which no expectation speaks of.</param>
    /// <param name="real">The server that it plays.</param>
    /// <param name="isScript">Whether it is to speak FastCGI.</param>
    public ServerAddress Add(string? upstream, ServerAddress real, bool isScript = false)
    {
        int port = FreePorts.Take();
        var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        _listeners.Add(listener);
        _tasks.Add(AcceptAsync(listener, upstream, real.HostPort, isScript));
        disguise.Server(real.HostPort, port);
        return new ServerAddress(isScript ? ServerScheme.FastCgi : ServerScheme.Http, "127.0.0.1", port);
    }

    /// <summary>The last request that an upstream got since this was asked, or null.</summary>
    public MockRequest? TakeLast()
    {
        MockRequest? last = null;
        while (_seen.TryDequeue(out MockRequest? seen))
        {
            last = seen.Upstream is null ? last : seen;
        }

        return last;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        foreach (TcpListener listener in _listeners)
        {
            listener.Dispose();
        }

        await Task.WhenAll(_tasks);
        _stop.Dispose();
    }

    private async Task AcceptAsync(TcpListener listener, string? upstream, string real, bool isScript)
    {
        try
        {
            while (true)
            {
                TcpClient client = await listener.AcceptTcpClientAsync(_stop.Token);
                _tasks.Add(isScript ? ScriptAsync(client, upstream, real) : ResponseAsync(client, upstream, real));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The end of the run.
        }
    }

    private async Task ResponseAsync(TcpClient client, string? upstream, string real)
    {
        using (client)
        {
            try
            {
                NetworkStream stream = client.GetStream();
                if (await MessageHead.ReadAsync(stream, _stop.Token) is { } head)
                {
                    if (head["Expect"] is not null)
                    {
                        await stream.WriteAsync("HTTP/1.1 100 Continue\r\n\r\n"u8.ToArray(), _stop.Token);
                    }

                    _seen.Enqueue(new MockRequest(upstream, real, head, await SkipBodyAsync(stream, head)));
                    await stream.WriteAsync(upstream is null || respond is null ? _answer : respond(head), _stop.Token);
                    client.Client.Shutdown(SocketShutdown.Send);

                    // Until the proxy ends it: a reset would take the response away.
                    await stream.CopyToAsync(Stream.Null, _stop.Token);
                }
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or SocketException)
            {
                // The proxy went away.
            }
        }
    }

    private async Task ScriptAsync(TcpClient client, string? upstream, string real)
    {
        using (client)
        {
            try
            {
                NetworkStream stream = client.GetStream();
                if (await FastCgiMessages.ReadAsync(stream, _stop.Token) is not var (parameters, length))
                {
                    return;
                }

                byte[] response = "Status: 404 Not Found\r\nContent-Type: text/html\r\n\r\nFile not found.\n"u8.ToArray();
                if (run?.Invoke(parameters) is { } head)
                {
                    _seen.Enqueue(new MockRequest(upstream, real, head, length));
                    byte[] http = respond?.Invoke(head) ?? _answer;
                    response = [.. "Status: "u8, .. http.AsSpan("HTTP/1.1 ".Length)];
                }

                await FastCgiMessages.WriteAsync(stream, response, _stop.Token);
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or SocketException)
            {
                // The proxy went away.
            }
        }
    }

    // The length of the body, with its framing where it comes in chunks.
    private async Task<long> SkipBodyAsync(NetworkStream stream, MessageHead head)
    {
        byte[] buffer = new byte[16 * 1024];
        long length = 0;
        if (long.TryParse(head["Content-Length"], NumberStyles.None, CultureInfo.InvariantCulture, out long whole))
        {
            while (
                length < whole
                && await stream.ReadAsync(buffer.AsMemory(0, (int)Math.Min(whole - length, buffer.Length)), _stop.Token) is > 0 and var read
            )
            {
                length += read;
            }
        }
        else if (head["Transfer-Encoding"] is not null)
        {
            // Proxies that don't keep the length send chunks; tests' bodies are texts, in which the last chunk's line doesn't occur.
            string tail = "";
            while (!tail.EndsWith("0\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(buffer, _stop.Token) is > 0 and var read)
            {
                length += read;
                tail += Encoding.Latin1.GetString(buffer, 0, read);
                tail = tail[^Math.Min(tail.Length, 8)..];
            }
        }

        return length;
    }
}
