namespace Confgen.Runtime.Tunnels;

/// <summary>What the sides of a spare connection say to each other.</summary>
internal enum TunnelFrameKind : byte
{
    /// <summary>The portal asks whether the bridge is there.</summary>
    Ping = 1,

    /// <summary>The bridge is there.</summary>
    Pong = 2,

    /// <summary>The portal takes the connection for a stream to the service.</summary>
    Take = 3,

    /// <summary>The service is connected: from now on the connection is the stream.</summary>
    Ready = 4,

    /// <summary>The service can't be reached: the connection is spare again.</summary>
    Refused = 5,

    /// <summary>
    /// Another process awaits bridges at the portal's address: the bridge opens other connections, and this one is good until it is closed.
    /// </summary>
    Move = 6,
}
