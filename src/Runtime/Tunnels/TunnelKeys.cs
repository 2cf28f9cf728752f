using System.Security.Cryptography;
using System.Text;
using Confgen.Model.Tunnels;

namespace Confgen.Runtime.Tunnels;

/// <summary>
/// What follows from a tunnel's secret. Each side has a key of its own, so that nothing that one side said can be sent back to it, and the
/// name goes into both, so that two tunnels with the same secret are two.
/// </summary>
internal sealed class TunnelKeys
{
    /// <summary>The bytes by which a bridge names its tunnel: of no use to who doesn't know the secret.</summary>
    public const int IdSize = 16;

    /// <summary>The size of a proof.</summary>
    public const int ProofSize = 32;

    private readonly byte[] _bridge;
    private readonly byte[] _portal;

    public TunnelKeys(Tunnel tunnel)
    {
        _bridge = Derive(tunnel, "bridge", ProofSize);
        _portal = Derive(tunnel, "portal", ProofSize);
        Id = Derive(tunnel, "id", IdSize);
    }

    /// <summary>The tunnel's id.</summary>
    public ReadOnlyMemory<byte> Id { get; }

    /// <summary>Whether the id is this tunnel's; takes the same time whatever it is.</summary>
    public bool IsId(ReadOnlySpan<byte> id) => CryptographicOperations.FixedTimeEquals(id, Id.Span);

    /// <summary>What only a bridge that knows the secret can say of a message.</summary>
    public byte[] ProofOfBridge(string step, params ReadOnlySpan<byte[]> message) => Prove(_bridge, step, message);

    /// <summary>What only a portal that knows the secret can say of a message.</summary>
    public byte[] ProofOfPortal(string step, params ReadOnlySpan<byte[]> message) => Prove(_portal, step, message);

    private static byte[] Prove(byte[] key, string step, ReadOnlySpan<byte[]> message)
    {
        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        mac.AppendData(Encoding.ASCII.GetBytes(step));
        foreach (byte[] part in message)
        {
            mac.AppendData(part);
        }

        return mac.GetHashAndReset();
    }

    private static byte[] Derive(Tunnel tunnel, string use, int size) =>
        HKDF.DeriveKey(
            HashAlgorithmName.SHA256,
            Encoding.UTF8.GetBytes(tunnel.Secret),
            size,
            info: Encoding.UTF8.GetBytes($"confgen tunnel {use} {tunnel.Name}")
        );
}
