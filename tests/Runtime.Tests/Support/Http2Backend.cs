using System.Buffers.Binary;
using System.Net;
using System.Text;
using Confgen.Runtime.Hpack;
using Confgen.Runtime.Messages;

namespace Confgen.Runtime.Tests.Support;

/// <summary>A server of HTTP/2 without TLS that sends just the frames that a test says.</summary>
internal sealed class Http2Backend : IAsyncDisposable
{
    public const int Cancel = 8,
        RefusedStream = 7;

    private readonly Backend _backend;

    /// <param name="serve">Serves a connection whose prefaces were exchanged.</param>
    /// <param name="settings">The server's settings, six bytes each.</param>
    /// <param name="at">Where it listens; a free port unless given.</param>
    public Http2Backend(Func<Http2BackendConnection, Task> serve, byte[]? settings = null, EndPoint? at = null) =>
        _backend = new Backend(
            async c =>
            {
                await c.Client.ReadUntilAsync("SM\r\n\r\n");
                var connection = new Http2BackendConnection(c);
                await connection.SendAsync(Http2RawClient.Settings, 0, 0, settings ?? []);
                await serve(connection);
            },
            at
        );

    /// <summary>A server that gives every request the same response.</summary>
    public static Http2Backend Answering(int status, string body, params (string Name, string Value)[] fields) =>
        new(async c =>
        {
            while (true)
            {
                int id = (await c.RequestAsync()).Stream;
                await c.HeadAsync(id, status, body.Length == 0, fields);
                if (body.Length > 0)
                {
                    await c.DataAsync(id, body, ends: true);
                }
            }
        });

    public int Port => _backend.Port;

    public int Connections => _backend.Connections;

    /// <summary>A proxy with one route to this server.</summary>
    /// <param name="route">Further lines of the route.</param>
    public Task<TestProxy> ProxyAsync(string route = "") =>
        TestProxy.StartAsync(
            $$"""
            sites:
              - host: _
                listen: ["127.0.0.1:PORT"]
                routes:
                  - path: /
                    proxy: h2c://127.0.0.1:{{Port}}
                    {{route}}
            """
        );

    public ValueTask DisposeAsync() => _backend.DisposeAsync();
}

/// <summary>One connection at an <see cref="Http2Backend"/>.</summary>
internal sealed class Http2BackendConnection(BackendConnection connection)
{
    private readonly HpackReader _decoder = new();

    /// <summary>1 for the first connection.</summary>
    public int Number => connection.Number;

    public sealed record Request(int Stream, bool Ends, IReadOnlyList<(string Name, string Value)> Fields)
    {
        public string? Field(string name) => Fields.Where(f => f.Name == name).Select(f => f.Value).SingleOrDefault();
    }

    /// <summary>The next frame; its payload has a character for each byte.</summary>
    public async Task<(int Type, int Flags, int Stream, string Payload)> FrameAsync()
    {
        byte[] header = Encoding.Latin1.GetBytes(await ReadAsync(9));
        int length = BinaryPrimitives.ReadInt32BigEndian(header) >>> 8;
        return (header[3], header[4], BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(5)), await ReadAsync(length));
    }

    /// <summary>The next frame of a type; others are left out.</summary>
    public async Task<(int Type, int Flags, int Stream, string Payload)> FrameAsync(int type)
    {
        while (true)
        {
            var frame = await FrameAsync();
            if (frame.Type == type)
            {
                return frame;
            }
        }
    }

    /// <summary>The next head, or trailers.</summary>
    public async Task<Request> RequestAsync()
    {
        var frame = await FrameAsync(Http2RawClient.Headers);
        string block = frame.Payload;
        for (int flags = frame.Flags; (flags & Http2RawClient.EndHeaders) == 0; )
        {
            var next = await FrameAsync(Http2RawClient.Continuation);
            (block, flags) = (block + next.Payload, next.Flags);
        }

        var fields = new FieldList();
        Assert.Equal(SectionResult.Complete, _decoder.Read(Encoding.Latin1.GetBytes(block), fields, 1 << 20));
        return new Request(
            frame.Stream,
            (frame.Flags & Http2RawClient.EndStream) != 0,
            [.. Enumerable.Range(0, fields.Count).Select(i => (Encoding.Latin1.GetString(fields.Name(i)), fields.ValueText(i)))]
        );
    }

    public Task SendAsync(int type, int flags, int stream, byte[] payload) =>
        connection.SendAsync(Encoding.Latin1.GetString(Http2RawClient.Bytes(type, flags, stream, payload)));

    public Task HeadAsync(int stream, int status, bool ends, params (string Name, string Value)[] fields) =>
        FieldsAsync(stream, ends, [(":status", status.ToString()), .. fields]);

    public Task FieldsAsync(int stream, bool ends, params (string Name, string Value)[] fields) =>
        SendAsync(
            Http2RawClient.Headers,
            Http2RawClient.EndHeaders | (ends ? Http2RawClient.EndStream : 0),
            stream,
            Http2RawClient.Block(fields)
        );

    public Task DataAsync(int stream, string data, bool ends = false) =>
        SendAsync(Http2RawClient.Data, ends ? Http2RawClient.EndStream : 0, stream, Encoding.Latin1.GetBytes(data));

    public Task ResetAsync(int stream, int code) => SendAsync(Http2RawClient.Reset, 0, stream, Bytes(code));

    public Task GoAwayAsync(int lastStream) => SendAsync(Http2RawClient.GoAway, 0, 0, [.. Bytes(lastStream), 0, 0, 0, 0]);

    public Task WindowAsync(int stream, int more) => SendAsync(Http2RawClient.WindowUpdate, 0, stream, Bytes(more));

    /// <summary>Reads until the proxy ends the connection.</summary>
    public Task ReadToEndAsync() => connection.Client.ReadToEndAsync();

    public void Close() => connection.Client.Dispose();

    private static byte[] Bytes(int number)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        return bytes;
    }

    private async Task<string> ReadAsync(int count)
    {
        string bytes = await connection.Client.ReadAsync(count);
        return bytes.Length == count ? bytes : throw new IOException("the proxy closed the connection");
    }
}
