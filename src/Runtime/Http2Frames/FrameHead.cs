using System.Buffers.Binary;

namespace Confgen.Runtime.Http2Frames;

/// <summary>The head of a frame (RFC 9113, section 4.1).</summary>
/// <param name="Length">The bytes of its payload.</param>
/// <param name="Type">Its type.</param>
/// <param name="Flags">Its flags.</param>
/// <param name="Stream">Its stream; 0 is the connection.</param>
internal readonly record struct FrameHead(int Length, FrameType Type, byte Flags, int Stream)
{
    /// <summary>The bytes of a head.</summary>
    public const int Size = 9;

    /// <summary>The largest payload that every peer takes, and that this side takes (RFC 9113, section 4.2).</summary>
    public const int MaxPayload = 16 * 1024;

    /// <summary>Takes the next whole frame off the bytes; where there is none the bytes stay as they are.</summary>
    public static FrameResult Take(ref ReadOnlySpan<byte> bytes, out FrameHead head, out ReadOnlySpan<byte> payload)
    {
        head = default;
        payload = default;
        if (bytes.Length < Size)
        {
            return FrameResult.Partial;
        }

        head = new FrameHead(
            BinaryPrimitives.ReadInt32BigEndian(bytes) >>> 8,
            (FrameType)bytes[3],
            bytes[4],
            BinaryPrimitives.ReadInt32BigEndian(bytes[5..]) & int.MaxValue
        );
        if (head.Length > MaxPayload)
        {
            return FrameResult.TooLarge;
        }

        if (bytes.Length < Size + head.Length)
        {
            return FrameResult.Partial;
        }

        payload = bytes.Slice(Size, head.Length);
        bytes = bytes[(Size + head.Length)..];
        return FrameResult.Whole;
    }

    /// <summary>Writes the head.</summary>
    public void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteInt32BigEndian(bytes, Length << 8);
        (bytes[3], bytes[4]) = ((byte)Type, Flags);
        BinaryPrimitives.WriteInt32BigEndian(bytes[5..], Stream);
    }

    /// <summary>Whether a flag is set.</summary>
    public bool Has(byte flag) => (Flags & flag) != 0;

    /// <summary>Takes the padding off a payload (RFC 9113, section 6.1); false where there is more of it than payload.</summary>
    public bool TryUnpad(ref ReadOnlySpan<byte> payload)
    {
        if (!Has(FrameFlags.Padded))
        {
            return true;
        }

        if (payload.IsEmpty || payload[0] >= payload.Length)
        {
            return false;
        }

        payload = payload[1..^payload[0]];
        return true;
    }
}
