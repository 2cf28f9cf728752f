using System.Buffers.Binary;
using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Http2Frames;

/// <summary>Writes frames (RFC 9113, section 6).</summary>
internal static class FrameWriter
{
    /// <summary>Writes a frame.</summary>
    public static void Write(OutputBuffer output, FrameType type, byte flags, int stream, ReadOnlySpan<byte> payload)
    {
        Span<byte> head = stackalloc byte[FrameHead.Size];
        new FrameHead(payload.Length, type, flags, stream).Write(head);
        output.Write(head);
        output.Write(payload);
    }

    /// <summary>Writes a frame of one number: RST_STREAM and WINDOW_UPDATE.</summary>
    public static void WriteNumber(OutputBuffer output, FrameType type, int stream, int number)
    {
        Span<byte> payload = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(payload, number);
        Write(output, type, FrameFlags.None, stream, payload);
    }

    /// <summary>Writes GOAWAY.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="lastStream">The last stream that is, or may still be, processed.</param>
    /// <param name="code">Why the connection ends.</param>
    public static void WriteGoAway(OutputBuffer output, int lastStream, int code)
    {
        Span<byte> payload = stackalloc byte[8];
        BinaryPrimitives.WriteInt32BigEndian(payload, lastStream);
        BinaryPrimitives.WriteInt32BigEndian(payload[4..], code);
        Write(output, FrameType.GoAway, FrameFlags.None, 0, payload);
    }

    /// <summary>
    /// Writes a block of fields: HEADERS, and CONTINUATION where it is longer than one frame; nothing may stand between them (RFC 9113,
    /// section 6.10).
    /// </summary>
    /// <param name="output">Where to.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="block">The block, compressed.</param>
    /// <param name="largest">The largest payload of a frame that the peer takes.</param>
    /// <param name="flags">The flags of HEADERS.</param>
    public static void WriteBlock(OutputBuffer output, int stream, ReadOnlySpan<byte> block, int largest, byte flags)
    {
        FrameType type = FrameType.Headers;
        do
        {
            ReadOnlySpan<byte> piece = block[..Math.Min(block.Length, largest)];
            block = block[piece.Length..];
            Write(output, type, (byte)(flags | (block.IsEmpty ? FrameFlags.EndHeaders : FrameFlags.None)), stream, piece);
            (type, flags) = (FrameType.Continuation, FrameFlags.None);
        } while (!block.IsEmpty);
    }
}
