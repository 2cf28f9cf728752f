using System.Buffers.Binary;

namespace Confgen.Runtime.Tunnels;

/// <summary>A message on a spare connection: a byte, and for <see cref="TunnelFrameKind.Take"/> three more.</summary>
/// <param name="Kind">What it says.</param>
/// <param name="IsHttp2">Whether HTTP/2 is to be spoken with the service, which TLS must agree on.</param>
/// <param name="Wanted">Streams that wait for a connection at the portal: the bridge opens as many.</param>
internal readonly record struct TunnelFrame(TunnelFrameKind Kind, bool IsHttp2 = false, ushort Wanted = 0)
{
    private const int TakeSize = 4;

    /// <summary>The bytes.</summary>
    public byte[] ToBytes()
    {
        byte[] bytes = new byte[Kind == TunnelFrameKind.Take ? TakeSize : 1];
        bytes[0] = (byte)Kind;
        if (bytes.Length == TakeSize)
        {
            bytes[1] = IsHttp2 ? (byte)1 : (byte)0;
            BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(2), Wanted);
        }

        return bytes;
    }

    /// <summary>Reads the next message; false where bytes are missing. What is no message is one of kind 0.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out TunnelFrame frame, out int consumed)
    {
        (frame, consumed) = (default, 0);
        if (bytes.IsEmpty)
        {
            return false;
        }

        var kind = (TunnelFrameKind)bytes[0];
        if (kind != TunnelFrameKind.Take)
        {
            consumed = 1;
            frame = new TunnelFrame(
                kind
                    is TunnelFrameKind.Ping
                        or TunnelFrameKind.Pong
                        or TunnelFrameKind.Ready
                        or TunnelFrameKind.Refused
                        or TunnelFrameKind.Move
                    ? kind
                    : default
            );
            return true;
        }

        if (bytes.Length < TakeSize)
        {
            return false;
        }

        consumed = TakeSize;
        frame = bytes[1] <= 1 ? new TunnelFrame(kind, bytes[1] == 1, BinaryPrimitives.ReadUInt16BigEndian(bytes[2..])) : default;
        return true;
    }
}
