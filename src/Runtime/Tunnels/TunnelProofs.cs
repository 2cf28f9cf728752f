using System.Security.Cryptography;

namespace Confgen.Runtime.Tunnels;

/// <summary>
/// The messages after the bridge's hello: the portal's challenge, its nonce with a proof over both nonces; and the bridge's answer, its own
/// id with a proof over both. Both nonces are fresh, so that no message of another connection is of use, to either side.
/// </summary>
internal static class TunnelProofs
{
    /// <summary>The size of the challenge.</summary>
    public const int ChallengeSize = TunnelHello.NonceSize + TunnelKeys.ProofSize;

    /// <summary>The size of a bridge's id, which it makes anew at each start.</summary>
    public const int BridgeIdSize = 16;

    /// <summary>The size of the response.</summary>
    public const int ResponseSize = BridgeIdSize + TunnelKeys.ProofSize;

    /// <summary>The portal's challenge.</summary>
    public static byte[] Challenge(TunnelKeys keys, byte[] bridgeNonce, byte[] portalNonce) =>
        [.. portalNonce, .. keys.ProofOfPortal("challenge", bridgeNonce, portalNonce)];

    /// <summary>Whether the challenge is of a portal that knows the secret, for this bridge's nonce.</summary>
    public static bool IsChallenge(TunnelKeys keys, byte[] bridgeNonce, ReadOnlySpan<byte> challenge) =>
        CryptographicOperations.FixedTimeEquals(
            challenge[TunnelHello.NonceSize..ChallengeSize],
            keys.ProofOfPortal("challenge", bridgeNonce, challenge[..TunnelHello.NonceSize].ToArray())
        );

    /// <summary>The bridge's answer.</summary>
    public static byte[] Response(TunnelKeys keys, byte[] bridgeNonce, byte[] portalNonce, byte[] bridgeId) =>
        [.. bridgeId, .. keys.ProofOfBridge("answer", bridgeNonce, portalNonce, bridgeId)];

    /// <summary>Whether the response is of a bridge that knows the secret, for this portal's nonce.</summary>
    public static bool IsResponse(TunnelKeys keys, byte[] bridgeNonce, byte[] portalNonce, ReadOnlySpan<byte> response) =>
        CryptographicOperations.FixedTimeEquals(
            response[BridgeIdSize..ResponseSize],
            keys.ProofOfBridge("answer", bridgeNonce, portalNonce, response[..BridgeIdSize].ToArray())
        );
}
