using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Confgen.Model.Tunnels;
using Confgen.Model.Units;
using Confgen.Runtime.Resolving;
using Confgen.Runtime.Tls;
using Confgen.Runtime.Transport;
using Confgen.Runtime.Upstreams;

namespace Confgen.Runtime.Tunnels;

/// <summary>Opens a bridge's connections to its portal, TLS and handshake included.</summary>
internal sealed class PortalDialer
{
    private readonly Tunnel _tunnel;
    private readonly ProxyOptions _options;
    private readonly TunnelKeys _keys;
    private readonly AddressCache _addresses;
    private readonly X509Certificate2Collection? _authorities;

    /// <summary>Reads the authorities that the spec names.</summary>
    /// <exception cref="CryptographicException">The file holds no certificate.</exception>
    public PortalDialer(Tunnel tunnel, ProxyOptions options)
    {
        (_tunnel, _options, _keys) = (tunnel, options, new TunnelKeys(tunnel));
        TunnelPortal portal = tunnel.Portal;
        ServerAddress address = portal.Listen.SocketPath is { } path
            ? new ServerAddress(ServerScheme.Unix, "", 0, path)
            : new ServerAddress(ServerScheme.Http, portal.Public.Trim('[', ']'), portal.Listen.Port);
        _addresses = new AddressCache(address, new NameResolver(options), options.Time);
        if (tunnel.Bridge.Ca is { } file)
        {
            _authorities = PemFiles.Certificates(file);
        }
    }

    /// <summary>A spare connection; where there is none, why.</summary>
    public async ValueTask<(TunnelLink? Link, string? Failure)> DialAsync(byte[] bridgeId, CancellationToken ending)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ending);
        using ITimer timer = _options.Time.CreateTimer(_ => limit.Cancel(), null, TunnelTimes.Handshake, Timeout.InfiniteTimeSpan);
        string? failure = null;
        try
        {
            foreach (EndPoint endPoint in await _addresses.GetAsync(limit.Token))
            {
                // The first address counts: the others are often IPv6 where nobody listens.
                (TunnelLink? link, string reason) = await TryAsync(endPoint, bridgeId, limit.Token);
                failure ??= reason;
                if (link is not null)
                {
                    return (link, null);
                }
            }
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            failure ??= e switch
            {
                SocketException { SocketErrorCode: SocketError.TooManyOpenSockets } => UpstreamError.NoDescriptors.Text,
                SocketException => "its name has no address",
                _ => "it doesn't answer",
            };
        }

        return (null, failure);
    }

    private async ValueTask<(TunnelLink? Link, string Failure)> TryAsync(EndPoint endPoint, byte[] bridgeId, CancellationToken limit)
    {
        bool isUnix = endPoint is UnixDomainSocketEndPoint;
        var wire = new Connection(
            new Socket(endPoint.AddressFamily, SocketType.Stream, isUnix ? ProtocolType.Unspecified : ProtocolType.Tcp)
        );
        using CancellationTokenRegistration closing = limit.Register(wire.Dispose);
        try
        {
            await wire.Socket.ConnectAsync(endPoint, limit);
            PortalListener.KeepAlive(wire.Socket);
            if (_tunnel.Portal.Tls is not null)
            {
                var stream = new SslStream(new WireStream(wire));
                await stream.AuthenticateAsClientAsync(TlsOptions(), limit);
                wire.Secure(stream);
            }

            var link = new TunnelLink(wire);
            if (await BridgeHandshake.RunAsync(link, _keys, bridgeId) is { } refusal)
            {
                wire.Dispose();
                return (null, refusal);
            }

            return (link, "");
        }
        catch (Exception e) when (InputBuffer.IsTransportFault(e) || e is AuthenticationException)
        {
            wire.Dispose();
            return (null, e is OperationCanceledException or ObjectDisposedException ? "it doesn't answer" : e.Message);
        }
    }

    private SslClientAuthenticationOptions TlsOptions()
    {
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = _tunnel.Portal.Public,
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        };
        if (_authorities is not null)
        {
            options.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
            };
            options.CertificateChainPolicy.CustomTrustStore.AddRange(_authorities);
        }

        return options;
    }
}
