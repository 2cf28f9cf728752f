using System.Buffers.Binary;

namespace Confgen.Runtime.Http2;

/// <summary>The types of frames (RFC 9113, section 6).</summary>
internal static class FrameTypes
{
    public const byte Data = 0;
    public const byte Headers = 1;
    public const byte Priority = 2;
    public const byte Reset = 3;
    public const byte Settings = 4;
    public const byte PushPromise = 5;
    public const byte Ping = 6;
    public const byte GoAway = 7;
    public const byte WindowUpdate = 8;
    public const byte Continuation = 9;
}

/// <summary>The flags of frames (RFC 9113, section 6).</summary>
internal static class FrameFlags
{
    public const byte None = 0;
    public const byte Ack = 1;
    public const byte EndStream = 1;
    public const byte EndHeaders = 4;
    public const byte Padded = 8;
    public const byte Priority = 0x20;
}

/// <summary>The head of a frame (RFC 9113, section 4.1).</summary>
/// <param name="Length">The bytes of its payload.</param>
/// <param name="Type">Its type.</param>
/// <param name="Flags">Its flags.</param>
/// <param name="Stream">Its stream; 0 is the connection.</param>
internal readonly record struct FrameHead(int Length, byte Type, byte Flags, int Stream)
{
    /// <summary>The bytes of a head.</summary>
    public const int Size = 9;

    /// <summary>The largest payload that is taken, and that every client takes (RFC 9113, section 4.2).</summary>
    public const int MaxPayload = 16 * 1024;

    /// <summary>Reads the head that the bytes begin with.</summary>
    public static FrameHead Read(ReadOnlySpan<byte> bytes) => new(
        BinaryPrimitives.ReadInt32BigEndian(bytes) >>> 8,
        bytes[3],
        bytes[4],
        BinaryPrimitives.ReadInt32BigEndian(bytes[5..]) & int.MaxValue);

    /// <summary>Writes the head.</summary>
    public void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteInt32BigEndian(bytes, Length << 8);
        (bytes[3], bytes[4]) = (Type, Flags);
        BinaryPrimitives.WriteInt32BigEndian(bytes[5..], Stream);
    }

    /// <summary>Whether a flag is set.</summary>
    public bool Has(byte flag) => (Flags & flag) != 0;
}
