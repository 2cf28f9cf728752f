using System.Buffers.Binary;

namespace Confgen.Runtime.Tls;

/// <summary>A client's first message (RFC 8446, section 4.1.2), in so far as the platform doesn't show it.</summary>
internal static class ClientHello
{
    private const byte HandshakeRecord = 22;
    private const byte ClientHelloMessage = 1;
    private const ushort AlpnExtension = 16;

    /// <summary>Whether a protocol is offered alone, as a client that proves a name does (RFC 8737, section 3).</summary>
    /// <param name="received">What was received so far: whole records.</param>
    /// <param name="protocol">The protocol.</param>
    public static bool OffersAlone(ReadOnlySpan<byte> received, ReadOnlySpan<byte> protocol)
    {
        // 1. The records' content.
        byte[] message = new byte[received.Length];
        int length = 0;
        while (received.Length > 5 && received[0] == HandshakeRecord)
        {
            int size = Math.Min(BinaryPrimitives.ReadUInt16BigEndian(received[3..]), received.Length - 5);
            received.Slice(5, size).CopyTo(message.AsSpan(length));
            length += size;
            received = received[(5 + size)..];
        }

        // 2. What stands before the extensions: the version and 32 random bytes, the session, ciphers, compression.
        ReadOnlySpan<byte> rest = message.AsSpan(0, length);
        if (
            rest.Length < 4
            || rest[0] != ClientHelloMessage
            || !TrySkip(ref rest, 4 + 2 + 32)
            || !TryTake(ref rest, 1, out _)
            || !TryTake(ref rest, 2, out _)
            || !TryTake(ref rest, 1, out _)
            || !TryTake(ref rest, 2, out ReadOnlySpan<byte> extensions)
        )
        {
            return false;
        }

        // 3. The extension.
        while (extensions.Length >= 4)
        {
            ushort type = BinaryPrimitives.ReadUInt16BigEndian(extensions);
            extensions = extensions[2..];
            if (!TryTake(ref extensions, 2, out ReadOnlySpan<byte> content))
            {
                return false;
            }

            if (type == AlpnExtension)
            {
                return TryTake(ref content, 2, out ReadOnlySpan<byte> names)
                    && TryTake(ref names, 1, out ReadOnlySpan<byte> only)
                    && names.IsEmpty
                    && only.SequenceEqual(protocol);
            }
        }

        return false;
    }

    private static bool TrySkip(ref ReadOnlySpan<byte> rest, int count)
    {
        if (rest.Length < count)
        {
            return false;
        }

        rest = rest[count..];
        return true;
    }

    // A vector with its length in front (RFC 8446, section 3.4).
    private static bool TryTake(ref ReadOnlySpan<byte> rest, int prefix, out ReadOnlySpan<byte> content)
    {
        content = default;
        if (rest.Length < prefix)
        {
            return false;
        }

        int length = prefix == 1 ? rest[0] : BinaryPrimitives.ReadUInt16BigEndian(rest);
        if (rest.Length < prefix + length)
        {
            return false;
        }

        content = rest.Slice(prefix, length);
        rest = rest[(prefix + length)..];
        return true;
    }
}
