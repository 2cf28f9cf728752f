using System.Security.Cryptography;

namespace Confgen.Runtime.Tunnels;

/// <summary>The portal's part of the handshake: it says nothing to who hasn't shown that it knows the secret.</summary>
internal static class PortalHandshake
{
    /// <summary>Shakes hands with whoever has connected.</summary>
    /// <param name="link">The connection.</param>
    /// <param name="keysOf">The keys of the tunnels of this listener.</param>
    public static async ValueTask<PortalGreeting> RunAsync(TunnelLink link, Func<IReadOnlyList<TunnelKeys>> keysOf)
    {
        // 1. The hello. A stranger is told apart by its first bytes.
        while (!link.Input.HasBytes || link.Input.Available.Length < TunnelHello.PrefixSize)
        {
            if (link.Input.HasBytes && !TunnelHello.IsOfBridge(link.Input.Span))
            {
                return new PortalGreeting("it isn't a bridge");
            }

            if (!await link.Input.FillAsync())
            {
                return new PortalGreeting("it said nothing in time");
            }
        }

        if (!TunnelHello.IsOfBridge(link.Input.Span))
        {
            return new PortalGreeting("it isn't a bridge");
        }

        if (TunnelHello.VersionOf(link.Input.Span) is var version && version != TunnelHello.Version)
        {
            return new PortalGreeting($"it speaks version {version} of the protocol, this portal {TunnelHello.Version}");
        }

        if (await link.ReadAsync(TunnelHello.Size) is not { } hello)
        {
            return new PortalGreeting("it left in the middle of its greeting");
        }

        // Every tunnel is looked at, so that the time tells nothing.
        TunnelKeys? keys = null;
        foreach (TunnelKeys one in keysOf())
        {
            keys = TunnelHello.IsProven(one, hello) ? one : keys;
        }

        if (keys is null)
        {
            return new PortalGreeting("it knows the secret of no tunnel here");
        }

        // 2. The challenge, and the bridge's answer to it.
        byte[] bridgeNonce = TunnelHello.NonceOf(hello).ToArray();
        byte[] portalNonce = RandomNumberGenerator.GetBytes(TunnelHello.NonceSize);
        await link.SendAsync(TunnelProofs.Challenge(keys, bridgeNonce, portalNonce));
        return await link.ReadAsync(TunnelProofs.ResponseSize) is not { } response
                ? new PortalGreeting("it left without a response to the challenge")
            : !TunnelProofs.IsResponse(keys, bridgeNonce, portalNonce, response)
                ? new PortalGreeting("its answer to the challenge is wrong: a greeting was repeated")
            : new PortalGreeting(null, keys, new Guid(response.AsSpan(0, TunnelProofs.BridgeIdSize)));
    }
}
