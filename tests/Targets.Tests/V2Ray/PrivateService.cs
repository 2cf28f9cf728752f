using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;

namespace Confgen.Targets.Tests.V2Ray;

/// <summary>
/// The service behind a tunnel. <c>/events</c> sends an event for each call of <see cref="NextEvent"/>, <c>/socket</c> echoes a WebSocket,
/// and everything else answers with what arrived: its name, the request line, the headers, and the length and hash of the body.
/// </summary>
internal sealed class PrivateService : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly SemaphoreSlim _events = new(0);
    private readonly CancellationTokenSource _end = new();
    private readonly string _name;

    public PrivateService(string name)
    {
        _name = name;
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void NextEvent() => _events.Release();

    public void Dispose()
    {
        _end.Cancel();
        _listener.Stop();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_end.Token));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using TcpClient owned = client;
        try
        {
            NetworkStream stream = client.GetStream();
            while (await ReadHeadAsync(stream) is { Count: > 0 } head)
            {
                string target = head[0].Split(' ')[1];
                if (target == "/events")
                {
                    await SendEventsAsync(stream);
                    return;
                }

                if (target == "/socket")
                {
                    await EchoSocketAsync(stream, head);
                    return;
                }

                await ResponseAsync(stream, head);
                if (FieldOf(head, "Connection") == "close")
                {
                    return;
                }
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or WebSocketException or ObjectDisposedException)
        {
            // The peer left.
        }
    }

    private async Task ResponseAsync(NetworkStream stream, List<string> head)
    {
        byte[] body = new byte[int.Parse(FieldOf(head, "Content-Length") ?? "0", null)];
        await stream.ReadExactlyAsync(body, _end.Token);
        string said = $"{_name}\n{string.Join('\n', head)}\n{body.Length} {Convert.ToHexString(SHA256.HashData(body))}\n";

        // A POST gets its body back: two directions at full size.
        byte[] response = head[0].StartsWith("POST", StringComparison.Ordinal) ? body : Encoding.UTF8.GetBytes(said);
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: {response.Length}\r\n\r\n"),
            _end.Token
        );
        await stream.WriteAsync(response, _end.Token);
    }

    private async Task SendEventsAsync(NetworkStream stream)
    {
        await stream.WriteAsync(
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"u8.ToArray(),
            _end.Token
        );
        for (int i = 1; i <= 3; i++)
        {
            await _events.WaitAsync(_end.Token);
            string one = $"data: {i}\n\n";
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"{one.Length:x}\r\n{one}\r\n"), _end.Token);
        }

        await stream.WriteAsync("0\r\n\r\n"u8.ToArray(), _end.Token);
    }

    private async Task EchoSocketAsync(NetworkStream stream, List<string> head)
    {
        // RFC 6455, section 4.2.2.
#pragma warning disable CA5350 // The protocol's own choice.
        byte[] proof = SHA1.HashData(Encoding.ASCII.GetBytes(FieldOf(head, "Sec-WebSocket-Key") + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"));
#pragma warning restore CA5350
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes(
                $"HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                    + $"Sec-WebSocket-Accept: {Convert.ToBase64String(proof)}\r\n\r\n"
            ),
            _end.Token
        );
        using var socket = WebSocket.CreateFromStream(stream, new WebSocketCreationOptions { IsServer = true });
        byte[] buffer = new byte[64 * 1024];
        while (await socket.ReceiveAsync(buffer.AsMemory(), _end.Token) is var part && part.MessageType != WebSocketMessageType.Close)
        {
            await socket.SendAsync(buffer.AsMemory(0, part.Count), part.MessageType, part.EndOfMessage, _end.Token);
        }

        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, _end.Token);
    }

    private async Task<List<string>> ReadHeadAsync(NetworkStream stream)
    {
        var head = new List<string>();
        var line = new StringBuilder();
        byte[] one = new byte[1];
        while (await stream.ReadAsync(one, _end.Token) > 0)
        {
            if (one[0] != '\n')
            {
                line.Append((char)one[0]);
                continue;
            }

            string text = line.ToString().TrimEnd('\r');
            line.Clear();
            if (text.Length == 0)
            {
                return head;
            }

            head.Add(text);
        }

        return [];
    }

    private static string? FieldOf(List<string> head, string name) =>
        head.Skip(1).FirstOrDefault(f => f.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..].Trim();
}
