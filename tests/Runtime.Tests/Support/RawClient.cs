using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Confgen.Runtime.Tests.Support;

/// <summary>
/// A client that sends just the bytes that a test says, and shows just the bytes that came. Characters are bytes (Latin-1).
/// </summary>
internal sealed class RawClient(Stream stream, Socket socket) : IDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    private readonly StringBuilder _received = new();
    private readonly byte[] _buffer = new byte[64 * 1024];
    private bool _ended;

    public Socket Socket => socket;

    public Stream Stream => stream;

    /// <summary>Whether the other side ended the connection, or broke it.</summary>
    public bool HasEnded => _ended;

    public static RawClient To(int port) => To(new IPEndPoint(IPAddress.Loopback, port));

    public static RawClient To(EndPoint endPoint)
    {
        bool isUnix = endPoint is UnixDomainSocketEndPoint;
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, isUnix ? ProtocolType.Unspecified : ProtocolType.Tcp);
        if (!isUnix)
        {
            socket.NoDelay = true;
        }

        socket.Connect(endPoint);
        return new RawClient(new NetworkStream(socket, ownsSocket: true), socket);
    }

    public async Task SendAsync(string bytes) => await stream.WriteAsync(Encoding.Latin1.GetBytes(bytes));

    /// <summary>Sends byte by byte, each on its own.</summary>
    public async Task TrickleAsync(string bytes)
    {
        foreach (char c in bytes)
        {
            await stream.WriteAsync(new[] { (byte)c });
            await Task.Yield();
        }
    }

    public async Task<string> ReadUntilAsync(string end)
    {
        while (true)
        {
            int at = _received.ToString().IndexOf(end, StringComparison.Ordinal);
            if (at >= 0)
            {
                return Take(at + end.Length);
            }

            if (!await FillAsync())
            {
                throw new InvalidOperationException($"the connection ended before '{end}': {_received}");
            }
        }
    }

    public async Task<string> ReadToEndAsync()
    {
        while (await FillAsync()) { }

        return Take(_received.Length);
    }

    public async Task<string> ReadAsync(int count)
    {
        while (_received.Length < count && await FillAsync()) { }

        return Take(Math.Min(count, _received.Length));
    }

    /// <summary>Receives one answer, interim ones left out.</summary>
    public async Task<RawResponse> ReadResponseAsync(bool isHead = false)
    {
        string head = await ReadHeadAsync();
        int status = int.Parse(head.AsSpan(9, 3), CultureInfo.InvariantCulture);
        while (status is >= 100 and < 200 and not 101)
        {
            head = await ReadHeadAsync();
            status = int.Parse(head.AsSpan(9, 3), CultureInfo.InvariantCulture);
        }

        var response = new RawResponse(status, head, "", true);
        if (isHead || status is 101 or 204 or 304)
        {
            return response;
        }

        if (response.Field("Transfer-Encoding") == "chunked")
        {
            return await ReadChunksAsync(response);
        }

        if (response.Field("Content-Length") is { } length)
        {
            int count = int.Parse(length, CultureInfo.InvariantCulture);
            string body = await ReadAsync(count);
            return response with { Body = body, IsWhole = body.Length == count };
        }

        return response with
        {
            Body = await ReadToEndAsync(),
        };
    }

    public async Task<string> ReadHeadAsync() => await ReadUntilAsync("\r\n\r\n");

    public void EndSending() => socket.Shutdown(SocketShutdown.Send);

    public void Dispose() => stream.Dispose();

    private async Task<RawResponse> ReadChunksAsync(RawResponse response)
    {
        var body = new StringBuilder();
        try
        {
            while (true)
            {
                string line = await ReadUntilAsync("\r\n");
                int size = int.Parse(line.Split(';')[0].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
                if (size == 0)
                {
                    string trailers = "";
                    for (string field; (field = await ReadUntilAsync("\r\n")) != "\r\n"; )
                    {
                        trailers += field;
                    }

                    return response with
                    {
                        Body = body.ToString(),
                        Trailers = trailers,
                    };
                }

                string data = await ReadAsync(size);
                body.Append(data);
                if (data.Length < size || await ReadUntilAsync("\r\n") != "\r\n")
                {
                    return response with { Body = body.ToString(), IsWhole = false };
                }
            }
        }
        catch (InvalidOperationException)
        {
            return response with { Body = body.ToString(), IsWhole = false };
        }
    }

    private string Take(int count)
    {
        string text = _received.ToString(0, count);
        _received.Remove(0, count);
        return text;
    }

    private async Task<bool> FillAsync()
    {
        using var limit = new CancellationTokenSource(_patience);
        int count;
        try
        {
            count = await stream.ReadAsync(_buffer, limit.Token);
        }
        catch (IOException)
        {
            count = 0;
        }

        _ended |= count == 0;
        _received.Append(Encoding.Latin1.GetString(_buffer, 0, count));
        return count > 0;
    }
}
