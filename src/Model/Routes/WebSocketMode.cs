namespace Confgen.Model.Routes;

/// <summary>What becomes of a WebSocket upgrade (RFC 6455).</summary>
public enum WebSocketMode
{
    /// <summary>It passes, with the route's ordinary timeouts.</summary>
    Auto,

    /// <summary>It passes, and the upgraded connection may idle for an hour.</summary>
    Always,

    /// <summary>The Upgrade header is dropped and the request goes on.</summary>
    Never,
}
