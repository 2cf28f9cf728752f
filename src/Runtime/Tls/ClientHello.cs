using System.Buffers.Binary;
using System.Text;

namespace Confgen.Runtime.Tls;

/// <summary>A client's first message (RFC 8446, section 4.1.2), in so far as the platform doesn't show it.</summary>
internal static class ClientHello
{
    private const byte HandshakeRecord = 22;
    private const byte ClientHelloMessage = 1;
    private const byte HostName = 0;
    private const ushort ServerNameExtension = 0;
    private const ushort AlpnExtension = 16;
    private const int HeadLength = 4;
    private const int RecordHead = 5;
    private const int LargestRecord = 16 * 1024;

    /// <summary>The largest that is read, with its records: as nginx's <c>preread_buffer_size</c>.</summary>
    public const int MostBytes = 16 * 1024;

    /// <summary>Whether a protocol is offered alone, as a client that proves a name does (RFC 8737, section 3).</summary>
    /// <param name="received">What was received so far: whole records.</param>
    /// <param name="protocol">The protocol.</param>
    public static bool OffersAlone(ReadOnlySpan<byte> received, ReadOnlySpan<byte> protocol)
    {
        byte[] message = new byte[received.Length];
        int length = Unwrap(received, message, out _);
        return TryFindExtension(message.AsSpan(0, length), AlpnExtension, out ReadOnlySpan<byte> content)
            && TryTake(ref content, 2, out ReadOnlySpan<byte> names)
            && TryTake(ref names, 1, out ReadOnlySpan<byte> only)
            && names.IsEmpty
            && only.SequenceEqual(protocol);
    }

    /// <summary>Reads the name of the server (RFC 6066, section 3) from a message that may not have come whole.</summary>
    /// <param name="received">What was received so far.</param>
    /// <param name="name">The name in lower case; null where there is none.</param>
    public static ClientHelloState Read(ReadOnlySpan<byte> received, out string? name)
    {
        name = null;
        byte[] message = new byte[Math.Min(received.Length, MostBytes)];
        int length = Unwrap(received, message, out bool isBroken);
        if (isBroken || (length > 0 && message[0] != ClientHelloMessage))
        {
            return ClientHelloState.NotRead;
        }

        int whole =
            length < HeadLength ? int.MaxValue : HeadLength + (message[1] << 16) + BinaryPrimitives.ReadUInt16BigEndian(message.AsSpan(2));
        if (length < HeadLength || length < whole)
        {
            return (whole != int.MaxValue && whole > MostBytes) || received.Length >= MostBytes
                ? ClientHelloState.NotRead
                : ClientHelloState.Incomplete;
        }

        if (
            TryFindExtension(message.AsSpan(0, whole), ServerNameExtension, out ReadOnlySpan<byte> content)
            && TryTake(ref content, 2, out ReadOnlySpan<byte> names)
            && names is [HostName, ..]
        )
        {
            names = names[1..];
            name =
                TryTake(ref names, 2, out ReadOnlySpan<byte> host) && host is not [] && !host.ContainsAnyExceptInRange((byte)'!', (byte)'~')
                    ? Encoding.ASCII.GetString(host).ToLowerInvariant()
                    : null;
        }

        return ClientHelloState.Whole;
    }

    // The records' content; broken where something else than a record of a handshake begins before the message is whole.
    private static int Unwrap(ReadOnlySpan<byte> received, Span<byte> message, out bool isBroken)
    {
        int length = 0;
        isBroken = false;
        while (received.Length > 0 && length < message.Length && !IsWhole(message[..length]))
        {
            if (received[0] != HandshakeRecord || (received.Length > 1 && received[1] != 3))
            {
                isBroken = true;
                break;
            }

            if (received.Length <= RecordHead)
            {
                break;
            }

            int size = BinaryPrimitives.ReadUInt16BigEndian(received[3..]);
            if (size is 0 or > LargestRecord)
            {
                isBroken = true;
                break;
            }

            int here = Math.Min(Math.Min(size, received.Length - RecordHead), message.Length - length);
            received.Slice(RecordHead, here).CopyTo(message[length..]);
            length += here;
            received = received[(RecordHead + here)..];
        }

        return length;
    }

    private static bool IsWhole(ReadOnlySpan<byte> message) =>
        message.Length >= HeadLength
        && message.Length >= HeadLength + (message[1] << 16) + BinaryPrimitives.ReadUInt16BigEndian(message[2..]);

    private static bool TryFindExtension(ReadOnlySpan<byte> message, ushort wanted, out ReadOnlySpan<byte> content)
    {
        // 1. What stands before the extensions: the version and 32 random bytes, the session, ciphers, compression.
        content = default;
        ReadOnlySpan<byte> rest = message;
        if (
            rest.Length < HeadLength
            || rest[0] != ClientHelloMessage
            || !TrySkip(ref rest, HeadLength + 2 + 32)
            || !TryTake(ref rest, 1, out _)
            || !TryTake(ref rest, 2, out _)
            || !TryTake(ref rest, 1, out _)
            || !TryTake(ref rest, 2, out ReadOnlySpan<byte> extensions)
        )
        {
            return false;
        }

        // 2. The extension.
        while (extensions.Length >= 4)
        {
            ushort type = BinaryPrimitives.ReadUInt16BigEndian(extensions);
            extensions = extensions[2..];
            if (!TryTake(ref extensions, 2, out content))
            {
                return false;
            }

            if (type == wanted)
            {
                return true;
            }
        }

        return false;
    }

    private static bool TrySkip(scoped ref ReadOnlySpan<byte> rest, int count)
    {
        if (rest.Length < count)
        {
            return false;
        }

        rest = rest[count..];
        return true;
    }

    // A vector with its length in front (RFC 8446, section 3.4).
    private static bool TryTake(scoped ref ReadOnlySpan<byte> rest, int prefix, out ReadOnlySpan<byte> content)
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
