using System.Buffers.Binary;

namespace Confgen.Runtime.Http2;

/// <summary>The settings of both sides (RFC 9113, section 6.5).</summary>
internal static class Settings
{
    /// <summary>How many streams a client may have open; 100, as RFC 9113, section 6.5.2, recommends at least.</summary>
    public const int MaxStreams = 100;

    private const int Size = 6;
    private const ushort EnablePush = 2;
    private const ushort MaxConcurrentStreams = 3;
    private const ushort InitialWindowSize = 4;
    private const ushort MaxFrameSize = 5;
    private const ushort MaxHeaderListSize = 6;
    private const ushort EnableConnectProtocol = 8;

    /// <summary>The payload of this side's SETTINGS frame.</summary>
    /// <param name="headLimit">The size of a head that is taken by every site of the listener.</param>
    public static byte[] Own(uint headLimit)
    {
        byte[] payload = new byte[3 * Size];
        Write(payload, MaxConcurrentStreams, MaxStreams);
        Write(payload.AsSpan(Size), MaxHeaderListSize, headLimit);

        // WebSocket by CONNECT (RFC 8441, section 3).
        Write(payload.AsSpan(2 * Size), EnableConnectProtocol, 1);
        return payload;
    }

    /// <summary>Takes over the client's. 0, or the error code for which the connection ends.</summary>
    /// <param name="payload">The payload of its SETTINGS frame.</param>
    /// <param name="output">What follows them.</param>
    public static int Apply(ReadOnlySpan<byte> payload, Http2Output output)
    {
        if (payload.Length % Size != 0)
        {
            return ErrorCodes.FrameSizeError;
        }

        for (; !payload.IsEmpty; payload = payload[Size..])
        {
            uint value = BinaryPrimitives.ReadUInt32BigEndian(payload[2..]);
            switch (BinaryPrimitives.ReadUInt16BigEndian(payload))
            {
                case EnablePush when value > 1:
                case MaxFrameSize when value is < FrameHead.MaxPayload or > (1 << 24) - 1:
                    return ErrorCodes.ProtocolError;
                case InitialWindowSize when value > int.MaxValue || !output.TrySetInitialWindow((int)value):
                    return ErrorCodes.FlowControlError;
                default:
                    break;
            }
        }

        return 0;
    }

    private static void Write(Span<byte> target, ushort id, uint value)
    {
        BinaryPrimitives.WriteUInt16BigEndian(target, id);
        BinaryPrimitives.WriteUInt32BigEndian(target[2..], value);
    }
}
