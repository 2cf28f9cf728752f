using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using Confgen.Files;
using Confgen.Model.Units;
using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Upstreams;

/// <summary>Connections over the network or to a unix socket: each address of the server is tried in turn.</summary>
internal sealed class DirectSource(UpstreamTlsOptions tls, TimeProvider time) : IConnectionSource
{
    /// <inheritdoc/>
    public async ValueTask RefreshAsync(ServerState server)
    {
        try
        {
            await server.Addresses.GetAsync(CancellationToken.None);
        }
        catch (SocketException)
        {
            // Opening a connection says so.
        }
    }

    /// <inheritdoc/>
    public bool IsCurrent(ServerState server, EndPoint? endPoint) => server.Addresses.Has(endPoint);

    /// <inheritdoc/>
    public async ValueTask<OpenedConnection> OpenAsync(ServerState server, bool isHttp2, TimeSpan timeout)
    {
        using var limit = new CancellationTokenSource(timeout, time);
        EndPoint[] endPoints;
        try
        {
            endPoints = await server.Addresses.GetAsync(limit.Token);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            return new OpenedConnection(UpstreamError.NameNotResolved);
        }

        UpstreamError? first = null;
        foreach (EndPoint endPoint in endPoints)
        {
            (Connection? connection, UpstreamError? error) = await TryOpenAsync(server, endPoint, isHttp2, limit.Token);
            if (connection is not null)
            {
                return new OpenedConnection(connection, endPoint, null);
            }

            first ??= error;
        }

        return new OpenedConnection(first ?? UpstreamError.ConnectFailed);
    }

    private async ValueTask<(Connection? Connection, UpstreamError? Error)> TryOpenAsync(
        ServerState server,
        EndPoint endPoint,
        bool isHttp2,
        CancellationToken limit
    )
    {
        bool isUnix = endPoint is UnixDomainSocketEndPoint;
        if (TrySocket(endPoint.AddressFamily, isUnix ? ProtocolType.Unspecified : ProtocolType.Tcp) is not { } socket)
        {
            return (null, UpstreamError.NoDescriptors);
        }

        var connection = new Connection(socket);
        bool isConnected = false;
        try
        {
            if (!isUnix)
            {
                socket.NoDelay = true;
            }

            await socket.ConnectAsync(endPoint, limit);
            isConnected = true;
            if (server.Address.Scheme == ServerScheme.Https)
            {
                await SecureAsync(connection, isHttp2 ? tls.Http2(server.Address.Host) : tls.Http1(server.Address.Host), isHttp2, limit);
            }

            return (connection, null);
        }
        catch (Exception e) when (InputBuffer.IsTransportFault(e) || e is AuthenticationException or CryptographicException)
        {
            connection.Dispose();
            return (null, ErrorOf(e, isConnected, limit));
        }
    }

    // Null where the last descriptors would be used.
    private static Socket? TrySocket(AddressFamily family, ProtocolType protocol)
    {
        try
        {
            var socket = new Socket(family, SocketType.Stream, protocol);
            if (!Descriptors.AreShort(socket.SafeHandle))
            {
                return socket;
            }

            socket.Dispose();
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.TooManyOpenSockets)
        {
            // None is left at all.
        }

        return null;
    }

    private static async Task SecureAsync(
        Connection connection,
        SslClientAuthenticationOptions options,
        bool isHttp2,
        CancellationToken limit
    )
    {
        var stream = new SslStream(new NetworkStream(connection.Socket, ownsSocket: true));
        await stream.AuthenticateAsClientAsync(options, limit);
        if (isHttp2 && stream.NegotiatedApplicationProtocol != SslApplicationProtocol.Http2)
        {
            throw new AuthenticationException("the server doesn't agree on HTTP/2 (ALPN)");
        }

        connection.Secure(stream);
    }

    private static UpstreamError ErrorOf(Exception e, bool isConnected, CancellationToken limit) =>
        limit.IsCancellationRequested ? UpstreamError.ConnectTimedOut
        : isConnected
            ? UpstreamError.TlsFailed with
            {
                Detail = e.InnerException is AuthenticationException or CryptographicException ? e.InnerException.Message : e.Message,
            }
        : e is SocketException { SocketErrorCode: SocketError.ConnectionRefused } ? UpstreamError.ConnectRefused
        : UpstreamError.ConnectFailed with { Detail = e.Message };
}
