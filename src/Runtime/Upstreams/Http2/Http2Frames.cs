using System.Buffers.Binary;
using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Upstreams.Http2;

/// <summary>Writes the frames of a client of HTTP/2 (RFC 9113).</summary>
internal static class Http2Frames
{
    public const int HeaderSize = 9;

    /// <summary>The largest payload unless a setting says otherwise (RFC 9113, section 4.2).</summary>
    public const int LargestPayload = 16 * 1024;

    /// <summary>The window of a connection, and of a stream, unless a setting says otherwise (RFC 9113, section 6.9.2).</summary>
    public const int InitialWindow = 65_535;

    public const byte EndStream = 1;
    public const byte Ack = 1;
    public const byte EndHeaders = 4;
    public const byte Padded = 8;
    public const byte Priority = 32;

    // Error codes (RFC 9113, section 7).
    public const int ProtocolError = 1;
    public const int FlowControlError = 3;
    public const int RefusedStream = 7;
    public const int Cancel = 8;

    // Settings (RFC 9113, section 6.5.2).
    public const int EnablePush = 2;
    public const int MaxConcurrentStreams = 3;
    public const int InitialWindowSize = 4;
    public const int MaxFrameSize = 5;
    public const int MaxHeaderListSize = 6;

    /// <summary>What a client begins with (RFC 9113, section 3.4), with its settings and the largest window for the connection.</summary>
    public static void WritePreface(OutputBuffer output, int streamWindow, int headerList)
    {
        output.Write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8);
        WriteHeader(output, Http2FrameType.Settings, 0, 0, 18);
        WriteSetting(output, EnablePush, 0);
        WriteSetting(output, InitialWindowSize, streamWindow);
        WriteSetting(output, MaxHeaderListSize, headerList);
        WriteNumber(output, Http2FrameType.WindowUpdate, 0, int.MaxValue - InitialWindow);
    }

    /// <summary>Writes the first nine bytes of a frame.</summary>
    public static void WriteHeader(OutputBuffer output, Http2FrameType type, byte flags, int streamId, int length)
    {
        Span<byte> header = stackalloc byte[HeaderSize];
        BinaryPrimitives.WriteInt32BigEndian(header, length << 8);
        (header[3], header[4]) = ((byte)type, flags);
        BinaryPrimitives.WriteInt32BigEndian(header[5..], streamId);
        output.Write(header);
    }

    /// <summary>Writes a frame of one number: RST_STREAM and WINDOW_UPDATE.</summary>
    public static void WriteNumber(OutputBuffer output, Http2FrameType type, int streamId, int number)
    {
        WriteHeader(output, type, 0, streamId, 4);
        Span<byte> payload = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(payload, number);
        output.Write(payload);
    }

    /// <summary>Writes a header block as HEADERS and, where it is too long for one, CONTINUATION.</summary>
    public static void WriteHeaders(OutputBuffer output, int streamId, ReadOnlySpan<byte> block, int largest, bool endsStream)
    {
        byte flags = endsStream ? EndStream : (byte)0;
        for (Http2FrameType type = Http2FrameType.Headers; ; type = Http2FrameType.Continuation)
        {
            ReadOnlySpan<byte> piece = block[..Math.Min(block.Length, largest)];
            block = block[piece.Length..];
            WriteHeader(output, type, (byte)(flags | (block.IsEmpty ? EndHeaders : 0)), streamId, piece.Length);
            output.Write(piece);
            flags = 0;
            if (block.IsEmpty)
            {
                return;
            }
        }
    }

    private static void WriteSetting(OutputBuffer output, int id, int value)
    {
        Span<byte> setting = stackalloc byte[6];
        BinaryPrimitives.WriteInt16BigEndian(setting, (short)id);
        BinaryPrimitives.WriteInt32BigEndian(setting[2..], value);
        output.Write(setting);
    }
}
