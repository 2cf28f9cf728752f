using System.Security.Cryptography;

namespace Confgen.Runtime.Tunnels;

/// <summary>
/// The first message, of the bridge: <c>confgen</c>, the version, the tunnel's id, a nonce, and the proof of it all. The portal says
/// nothing before it is good, so that a stranger learns nothing from it.
/// </summary>
internal static class TunnelHello
{
    /// <summary>The version of the protocol.</summary>
    public const byte Version = 1;

    /// <summary>The bytes that tell the protocol and its version.</summary>
    public const int PrefixSize = 8;

    /// <summary>The size of a nonce.</summary>
    public const int NonceSize = 32;

    /// <summary>The size of the message.</summary>
    public const int Size = PrefixSize + TunnelKeys.IdSize + NonceSize + TunnelKeys.ProofSize;

    private const int NonceAt = PrefixSize + TunnelKeys.IdSize;
    private const int ProofAt = NonceAt + NonceSize;

    private static ReadOnlySpan<byte> Name => "confgen"u8;

    /// <summary>The message.</summary>
    public static byte[] Make(TunnelKeys keys, byte[] nonce)
    {
        byte[] signed = [.. Name, Version, .. keys.Id.Span, .. nonce];
        return [.. signed, .. keys.ProofOfBridge("hello", signed)];
    }

    /// <summary>Whether the bytes so far can be the beginning of the message, in any version.</summary>
    public static bool IsOfBridge(ReadOnlySpan<byte> start) => Name.StartsWith(start[..Math.Min(start.Length, Name.Length)]);

    /// <summary>The version that the message says.</summary>
    public static byte VersionOf(ReadOnlySpan<byte> message) => message[PrefixSize - 1];

    /// <summary>The tunnel's id.</summary>
    public static ReadOnlySpan<byte> IdOf(ReadOnlySpan<byte> message) => message.Slice(PrefixSize, TunnelKeys.IdSize);

    /// <summary>The bridge's nonce.</summary>
    public static ReadOnlySpan<byte> NonceOf(ReadOnlySpan<byte> message) => message.Slice(NonceAt, NonceSize);

    /// <summary>Whether the message is of a bridge that knows the secret; it may be a repetition.</summary>
    public static bool IsProven(TunnelKeys keys, ReadOnlySpan<byte> message) =>
        keys.IsId(IdOf(message))
        && CryptographicOperations.FixedTimeEquals(message[ProofAt..Size], keys.ProofOfBridge("hello", message[..ProofAt].ToArray()));
}
