using System.Buffers.Binary;

namespace Confgen.Conformance.Tests.Wire;

/// <summary>A frame of RFC 6455.</summary>
/// <param name="Opcode">What it is.</param>
/// <param name="Payload">Its payload, unmasked.</param>
/// <param name="Masked">Whether it is masked, as a client's must be.</param>
internal sealed record WebSocketFrame(int Opcode, byte[] Payload, bool Masked)
{
    public const int Text = 1;
    public const int Close = 8;

    public static async Task<WebSocketFrame?> ReadAsync(MessageReader reader, CancellationToken stop)
    {
        if (await reader.ExactlyAsync(2, stop) is not { } head)
        {
            return null;
        }

        ulong length = (ulong)(head[1] & 0x7f);
        if (length >= 126)
        {
            byte[]? more = await reader.ExactlyAsync(length == 126 ? 2 : 8, stop);
            length =
                more is null ? 0
                : more.Length == 2 ? BinaryPrimitives.ReadUInt16BigEndian(more)
                : BinaryPrimitives.ReadUInt64BigEndian(more);
        }

        bool masked = (head[1] & 0x80) != 0;
        byte[]? mask = masked ? await reader.ExactlyAsync(4, stop) : [];
        byte[]? payload = await reader.ExactlyAsync(checked((int)length), stop);
        if (mask is null || payload is null)
        {
            return null;
        }

        for (int i = 0; masked && i < payload.Length; i++)
        {
            payload[i] ^= mask[i % 4];
        }

        return new WebSocketFrame(head[0] & 0xf, payload, masked);
    }

    public byte[] ToBytes()
    {
        var bytes = new List<byte> { (byte)(0x80 | Opcode) };
        int flag = Masked ? 0x80 : 0;
        Span<byte> length = stackalloc byte[8];
        if (Payload.Length < 126)
        {
            bytes.Add((byte)(flag | Payload.Length));
        }
        else if (Payload.Length <= ushort.MaxValue)
        {
            bytes.Add((byte)(flag | 126));
            BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)Payload.Length);
            bytes.AddRange(length[..2].ToArray());
        }
        else
        {
            bytes.Add((byte)(flag | 127));
            BinaryPrimitives.WriteUInt64BigEndian(length, (ulong)Payload.Length);
            bytes.AddRange(length.ToArray());
        }

        byte[] mask = Masked ? [0x12, 0x34, 0x56, 0x78] : [];
        bytes.AddRange(mask);
        bytes.AddRange(Payload.Select((b, i) => Masked ? (byte)(b ^ mask[i % 4]) : b));
        return [.. bytes];
    }
}
