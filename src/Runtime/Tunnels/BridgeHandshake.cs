using System.Security.Cryptography;

namespace Confgen.Runtime.Tunnels;

/// <summary>The bridge's part of the handshake.</summary>
internal static class BridgeHandshake
{
    /// <summary>Shakes hands with a portal; why it failed, or null.</summary>
    public static async ValueTask<string?> RunAsync(TunnelLink link, TunnelKeys keys, byte[] bridgeId)
    {
        byte[] nonce = RandomNumberGenerator.GetBytes(TunnelHello.NonceSize);
        await link.SendAsync(TunnelHello.Make(keys, nonce));
        if (await link.ReadAsync(TunnelProofs.ChallengeSize) is not { } challenge)
        {
            return "it closed the connection without a word: it has another secret or version, or is no portal of this tunnel";
        }

        if (!TunnelProofs.IsChallenge(keys, nonce, challenge))
        {
            return "it doesn't know the secret";
        }

        await link.SendAsync(TunnelProofs.Response(keys, nonce, challenge[..TunnelHello.NonceSize], bridgeId));
        return null;
    }
}
