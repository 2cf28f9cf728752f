using System.Buffers.Binary;

namespace Confgen.Conformance.Tests.Wire.Http2;

/// <summary>A frame of RFC 9113.</summary>
/// <param name="Type">What it is.</param>
/// <param name="Flags">Its flags.</param>
/// <param name="Stream">Its stream.</param>
/// <param name="Payload">What it holds.</param>
internal sealed record Http2Frame(int Type, int Flags, int Stream, byte[] Payload)
{
    public const int Data = 0;
    public const int Headers = 1;
    public const int Reset = 3;
    public const int Settings = 4;
    public const int Ping = 6;
    public const int GoAway = 7;
    public const int WindowUpdate = 8;
    public const int Continuation = 9;
    public const int EndStream = 1;
    public const int Ack = 1;
    public const int EndHeaders = 4;
    public const int Padded = 8;
    public const int Priority = 32;

    public byte[] ToBytes()
    {
        var bytes = new byte[9 + Payload.Length];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)(Payload.Length << 8));
        bytes[3] = (byte)Type;
        bytes[4] = (byte)Flags;
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(5), Stream);
        Payload.CopyTo(bytes, 9);
        return bytes;
    }

    public static async Task<Http2Frame?> ReadAsync(MessageReader reader, CancellationToken stop)
    {
        if (await reader.ExactlyAsync(9, stop) is not { } head)
        {
            return null;
        }

        int length = (head[0] << 16) | (head[1] << 8) | head[2];
        int stream = BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(5)) & int.MaxValue;
        return await reader.ExactlyAsync(length, stop) is { } payload ? new Http2Frame(head[3], head[4], stream, payload) : null;
    }

    /// <summary>What it holds, without padding and priority.</summary>
    public byte[] Content()
    {
        int start = 0;
        int end = Payload.Length;
        if ((Flags & Padded) != 0)
        {
            end -= Payload[0];
            start++;
        }

        if (Type == Headers && (Flags & Priority) != 0)
        {
            start += 5;
        }

        return Payload[start..end];
    }
}
