using Confgen.Runtime.Http2;
using static Confgen.Runtime.Tests.Support.Http2RawClient;

namespace Confgen.Runtime.Tests.Http2;

/// <summary>A frame that is sent between others, wherever the pieces of those end in which they come.</summary>
public sealed class Http2FrameInjectorTests
{
    private static readonly byte[] _block = "inserted"u8.ToArray();
    private static readonly byte[] _inserted = Bytes(Headers, EndHeaders, 7, _block);

    private static readonly byte[][] _frames =
    [
        Bytes(Settings, 0, 0, []),
        Bytes(Headers, 0, 1, "he"u8.ToArray()),
        Bytes(Continuation, 0, 1, []),
        Bytes(Continuation, EndHeaders, 1, "ad"u8.ToArray()),
        Bytes(Data, EndStream, 1, "body"u8.ToArray()),
    ];

    [Fact]
    public async Task A_frame_never_stands_within_another_or_within_a_head()
    {
        byte[] all = [.. _frames.SelectMany(f => f)];
        for (int first = 0; first <= all.Length; first++)
        {
            for (int second = first; second <= all.Length; second++)
            {
                using var sent = new MemoryStream();
                await using var gate = new Http2FrameInjector(sent, default);

                await gate.WriteAsync(all.AsMemory(0, first));
                await gate.InsertAsync(7, _block);
                await gate.WriteAsync(all.AsMemory(first, second - first));
                await gate.WriteAsync(all.AsMemory(second));

                Assert.Equal(Convert.ToHexString(Expected(first)), Convert.ToHexString(sent.ToArray()));
            }
        }
    }

    [Fact]
    public async Task Several_frames_stand_in_the_order_in_which_they_were_given()
    {
        using var sent = new MemoryStream();
        await using var gate = new Http2FrameInjector(sent, default);
        byte[] frame = _frames[4];

        await gate.WriteAsync(frame.AsMemory(0, 3));
        await gate.InsertAsync(1, new byte[] { 1 });
        await gate.InsertAsync(3, new byte[] { 2 });
        await gate.WriteAsync(frame.AsMemory(3));
        await gate.InsertAsync(5, new byte[] { 3 });

        byte[] expected = [.. frame, .. Bytes(Headers, EndHeaders, 1, [1]), .. Bytes(Headers, EndHeaders, 3, [2]), .. Bytes(Headers, EndHeaders, 5, [3])];
        Assert.Equal(Convert.ToHexString(expected), Convert.ToHexString(sent.ToArray()));
    }

    [Theory]
    [InlineData(1, 0, "20")]
    [InlineData(1, 4095, "3fe01f")]
    [InlineData(1, 4096, "")]
    [InlineData(1, 65536, "")]
    [InlineData(3, 0, "")]
    public async Task A_smaller_table_is_seen_in_whatever_pieces_it_comes(int setting, uint value, string prefix)
    {
        byte[] received =
        [
            .. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8,
            .. Bytes(Settings, 0, 0, [.. Setting(4, 100_000), .. Setting(setting, value)]),
            .. Bytes(Settings, Ack, 0, []),
            .. Bytes(Headers, EndHeaders, 1, Request()),
        ];
        for (int split = 0; split <= received.Length; split++)
        {
            using var stream = new Peer(received[split..]);
            await using var gate = new Http2FrameInjector(stream, received.AsMemory(0, split));
            byte[] buffer = new byte[received.Length];
            for (int read = 0; read < received.Length;)
            {
                read += await gate.ReadAsync(buffer.AsMemory(read, Math.Min(5, received.Length - read)));
            }

            await gate.InsertAsync(7, _block);
            Assert.Empty(stream.Sent);
            byte[] acknowledged = Bytes(Settings, Ack, 0, []);
            await gate.WriteAsync(acknowledged);
            await gate.InsertAsync(7, _block);

            Assert.Equal(received, buffer);
            Assert.Equal([.. acknowledged, .. Bytes(Headers, EndHeaders, 7, [.. Convert.FromHexString(prefix), .. _block])], stream.Sent);
        }
    }

    [Fact]
    public async Task A_table_that_changes_again_gets_nothing_more()
    {
        byte[] received = [.. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8, .. Bytes(Settings, 0, 0, [.. Setting(1, 10), .. Setting(1, 5000)])];
        using var stream = new Peer([]);
        await using var gate = new Http2FrameInjector(stream, received);
        await gate.ReadExactlyAsync(new byte[received.Length]);
        byte[] acknowledged = Bytes(Settings, Ack, 0, []);
        await gate.WriteAsync(acknowledged);

        await gate.InsertAsync(7, _block);

        Assert.Equal(acknowledged, stream.Sent);
    }

    // At the first place behind what was sent where a frame may stand.
    private static byte[] Expected(int sent)
    {
        var expected = new List<byte>();
        bool isIn = false;
        foreach (byte[] frame in _frames)
        {
            bool inHead = frame[3] == Continuation;
            if (!isIn && !inHead && expected.Count >= sent)
            {
                isIn = true;
                expected.AddRange(_inserted);
            }

            expected.AddRange(frame);
        }

        return isIn ? [.. expected] : [.. expected, .. _inserted];
    }

    private sealed class Peer(byte[] bytes) : MemoryStream(bytes, writable: false)
    {
        public List<byte> Sent { get; } = [];

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Sent.AddRange(buffer.Span);
            return ValueTask.CompletedTask;
        }
    }
}
