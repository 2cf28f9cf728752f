using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using Confgen.Model.Units;
using Confgen.Model.Upstreams;
using Confgen.Runtime.Transport;
using Confgen.Runtime.Tunnels;

namespace Confgen.Runtime.Upstreams;

/// <summary>Opens connections to the servers of an upstream.</summary>
internal sealed class Connector(UpstreamTlsOptions tls, UpstreamBuffers? buffers, DeadlineWatch watch, TimeProvider time, BridgePool? bridges)
{
    /// <summary>The status where no connection can be had: behind a tunnel without a bridge no server is there at all.</summary>
    public int FailureStatus => bridges is { HasBridge: false } ? 503 : 502;

    /// <summary>Connects, TLS included; null where that fails or takes too long.</summary>
    public async ValueTask<UpstreamConnection?> ConnectAsync(ServerState server, TimeSpan timeout)
    {
        Connection? wire = await OpenAsync(server, timeout, isHttp2: false);
        return wire is null ? null : new UpstreamConnection(wire, server, watch, buffers);
    }

    /// <summary>Opens a wire; null where that fails or takes too long.</summary>
    public async ValueTask<Connection?> OpenAsync(ServerState server, TimeSpan timeout, bool isHttp2)
    {
        using var limit = new CancellationTokenSource(timeout, time);
        Func<string, SslClientAuthenticationOptions> options = isHttp2 ? tls.Http2 : tls.Http1;
        try
        {
            if (bridges is not null)
            {
                return await bridges.OpenAsync(isHttp2, limit.Token);
            }

            foreach (EndPoint endPoint in await server.Addresses.GetAsync(limit.Token))
            {
                if (await TryOpenAsync(server, endPoint, options, limit.Token) is { } wire)
                {
                    return wire;
                }
            }
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            // No address, or no time left.
        }

        return null;
    }

    private static async ValueTask<Connection?> TryOpenAsync(ServerState server, EndPoint endPoint, Func<string, SslClientAuthenticationOptions> options, CancellationToken limit)
    {
        bool isUnix = endPoint is UnixDomainSocketEndPoint;
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, isUnix ? ProtocolType.Unspecified : ProtocolType.Tcp);
        var wire = new Connection(socket);
        try
        {
            if (!isUnix)
            {
                socket.NoDelay = true;
            }

            await socket.ConnectAsync(endPoint, limit);
            if (server.Address.Scheme == ServerScheme.Https)
            {
                var stream = new SslStream(new NetworkStream(socket, ownsSocket: true));
                await stream.AuthenticateAsClientAsync(options(server.Address.Host), limit);
                wire.Secure(stream);
            }

            return wire;
        }
        catch (Exception e) when (InputBuffer.IsTransportFault(e) || e is AuthenticationException or CryptographicException)
        {
            wire.Dispose();
            return null;
        }
    }
}
