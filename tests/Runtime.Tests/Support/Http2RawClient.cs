using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace Confgen.Runtime.Tests.Support;

/// <summary>A client that sends just the frames of HTTP/2 (RFC 9113) that a test says, whole or not, and shows those that come.</summary>
internal sealed class Http2RawClient(Stream stream) : IDisposable
{
    public const int Data = 0,
        Headers = 1,
        Priority = 2,
        Reset = 3,
        Settings = 4,
        Ping = 6,
        GoAway = 7,
        WindowUpdate = 8,
        Continuation = 9;
    public const int EndStream = 1,
        Ack = 1,
        EndHeaders = 4;

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    public sealed record Frame(int Type, int Flags, int Stream, byte[] Payload);

    /// <summary>Connects, and exchanges prefaces.</summary>
    public static async Task<Http2RawClient> ToAsync(int port, byte[]? settings = null) =>
        await OverAsync(RawClient.To(port).Stream, settings);

    /// <summary>Exchanges prefaces over a connection.</summary>
    public static async Task<Http2RawClient> OverAsync(Stream stream, byte[]? settings = null)
    {
        var client = new Http2RawClient(stream);
        await stream.WriteAsync("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray());
        await client.SendAsync(Settings, 0, 0, settings ?? []);
        return client;
    }

    /// <summary>A setting as it stands in a SETTINGS frame.</summary>
    public static byte[] Setting(int id, uint value) =>
        [0, (byte)id, (byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];

    /// <summary>A frame's bytes.</summary>
    public static byte[] Bytes(int type, int flags, int streamId, byte[] payload)
    {
        byte[] frame = new byte[9 + payload.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame, payload.Length << 8);
        (frame[3], frame[4]) = ((byte)type, (byte)flags);
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), streamId);
        payload.CopyTo(frame, 9);
        return frame;
    }

    /// <summary>A header block (RFC 7541) without table and without Huffman: every byte is as the test says.</summary>
    public static byte[] Block(params (string Name, string Value)[] fields)
    {
        var block = new List<byte>();
        foreach ((string name, string value) in fields)
        {
            block.Add(0);
            Add(block, name);
            Add(block, value);
        }

        return [.. block];
    }

    /// <summary>The usual head of a request, and further fields.</summary>
    public static byte[] Request(
        string path = "/",
        string method = "GET",
        string authority = "a.test",
        params (string Name, string Value)[] more
    ) => Block([(":method", method), (":scheme", "http"), (":authority", authority), (":path", path), .. more]);

    public ValueTask SendAsync(int type, int flags, int streamId, byte[] payload) =>
        stream.WriteAsync(Bytes(type, flags, streamId, payload));

    public ValueTask SendAsync(byte[] bytes) => stream.WriteAsync(bytes);

    /// <summary>The next frame; null at the connection's end.</summary>
    public async Task<Frame?> NextAsync()
    {
        byte[] head = new byte[9];
        using var limit = new CancellationTokenSource(_patience);
        try
        {
            await stream.ReadExactlyAsync(head, limit.Token);
            byte[] payload = new byte[BinaryPrimitives.ReadInt32BigEndian(head) >> 8];
            await stream.ReadExactlyAsync(payload, limit.Token);
            return new Frame(head[3], head[4], BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(5)), payload);
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            return null;
        }
    }

    /// <summary>The next frame of a type, or of any of several; null at the connection's end.</summary>
    public async Task<Frame?> NextAsync(params int[] types)
    {
        while (await NextAsync() is { } frame)
        {
            if (types.Contains(frame.Type))
            {
                return frame;
            }
        }

        return null;
    }

    /// <summary>What becomes of a stream: its status, or 0 where it was reset or the connection ended.</summary>
    public async Task<int> StatusAsync(int streamId)
    {
        while (await NextAsync(Headers, Reset, GoAway) is { } frame)
        {
            if (frame.Type == GoAway && BinaryPrimitives.ReadInt32BigEndian(frame.Payload.AsSpan(4)) != 0)
            {
                return 0;
            }

            if (frame.Stream == streamId)
            {
                return frame.Type == Headers ? StatusOf(frame.Payload) : 0;
            }
        }

        return 0;
    }

    /// <summary>The status at the start of a header block: by the static table, or as text behind its name's index.</summary>
    public static int StatusOf(byte[] block) =>
        block[0] switch
        {
            // The table's new size (RFC 7541, section 6.3).
            0x20 => StatusOf(block[1..]),
            0x88 => 200,
            0x89 => 204,
            0x8a => 206,
            0x8b => 304,
            0x8c => 400,
            0x8d => 404,
            0x8e => 500,
            _ when (block[0] & 0x0f) == 8 && block[1] == 3 => int.Parse(Encoding.ASCII.GetString(block, 2, 3)),
            _ => throw new InvalidOperationException("no status in front: " + Convert.ToHexString(block)),
        };

    public void Dispose() => stream.Dispose();

    private static void Add(List<byte> block, string text)
    {
        // A length of 127 or more goes on in further bytes (RFC 7541, section 5.1).
        int length = text.Length;
        block.Add((byte)Math.Min(length, 127));
        for (length -= 127; length >= 0; length = length < 128 ? -1 : length >> 7)
        {
            block.Add((byte)(length < 128 ? length : (length & 127) | 128));
        }

        block.AddRange(Encoding.Latin1.GetBytes(text));
    }
}
