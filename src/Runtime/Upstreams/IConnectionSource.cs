using System.Net;

namespace Confgen.Runtime.Upstreams;

/// <summary>Where connections to the servers of an upstream come from: the network, or the bridges of a tunnel.</summary>
internal interface IConnectionSource
{
    /// <summary>
    /// Asks for the addresses of a server again where they are due. It never fails: <see cref="IsCurrent"/> and <see cref="OpenAsync"/>
    /// show what came of it.
    /// </summary>
    ValueTask RefreshAsync(ServerState server);

    /// <summary>
    /// Whether the server is still to be reached at the address that a connection was made to; null is what
    /// <see cref="OpenedConnection.EndPoint"/> was.
    /// </summary>
    bool IsCurrent(ServerState server, EndPoint? endPoint);

    /// <summary>Opens a connection, TLS included.</summary>
    /// <param name="server">The server.</param>
    /// <param name="isHttp2">Whether HTTP/2 is going to be spoken; TLS agrees on it (ALPN).</param>
    /// <param name="timeout">The longest wait.</param>
    ValueTask<OpenedConnection> OpenAsync(ServerState server, bool isHttp2, TimeSpan timeout);
}
