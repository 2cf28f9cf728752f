using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Confgen.Model.Sites;
using Confgen.Runtime.Listening;
using Confgen.Runtime.Tls;
using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Tunnels;

/// <summary>Where the bridges of one or several tunnels connect.</summary>
internal sealed class PortalListener : IDisposable
{
    // Strangers can hold no more places than this, each for the time of a handshake.
    private const int MostGreetings = 256;

    private readonly Listener _listener;
    private readonly DeadlineWatch _watch;
    private readonly ProxyOptions _options;
    private readonly RejectedPeerLog _log;
    private int _greetings;

    /// <summary>Binds the address.</summary>
    /// <exception cref="SocketException">It can't be bound.</exception>
    public PortalListener(
        ListenAddress address,
        DeadlineWatch watch,
        ProxyOptions options,
        InheritedSockets inherited,
        IEnumerable<PortalListener> own
    )
    {
        (_watch, _options) = (watch, options);
        _log = new RejectedPeerLog(address.ToString(), options);
        _listener = inherited.Open(
            address.SocketPath is { } path
                ? new UnixDomainSocketEndPoint(path)
                : new IPEndPoint(
                    address.Address is { } ip ? IPAddress.Parse(ip)
                        : Socket.OSSupportsIPv6 ? IPAddress.IPv6Any
                        : IPAddress.Any,
                    address.Port
                ),
            own.Select(l => l._listener)
        );
    }

    /// <summary>The pools of the tunnels whose bridges connect here.</summary>
    public IReadOnlyList<BridgePool> Pools { get; set; } = [];

    /// <summary>The certificate that is shown; null for plain TCP.</summary>
    public ICertificate? Certificate { get; set; }

    /// <summary>Accepts bridges from now on.</summary>
    public void Start() => _listener.Accept(ServeAsync, _options.Notice);

    /// <summary>Where it listens.</summary>
    public Listener Listener => _listener;

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    private async Task ServeAsync(Connection wire)
    {
        try
        {
            EndPoint? from = wire.Socket.RemoteEndPoint;
            (BridgePool? pool, TunnelLink link, Guid bridge) = await GreetAsync(wire, from);
            if (pool is null)
            {
                wire.Dispose();
                return;
            }

            KeepAlive(wire.Socket);
            await pool.ServeAsync(link, bridge, from);
        }
        catch (Exception e) when (InputBuffer.IsTransportFault(e))
        {
            wire.Dispose();
        }
    }

    private async ValueTask<(BridgePool? Pool, TunnelLink Link, Guid Bridge)> GreetAsync(Connection wire, EndPoint? from)
    {
        var link = new TunnelLink(wire);
        try
        {
            if (Interlocked.Increment(ref _greetings) > MostGreetings)
            {
                _log.Refused(from, "too many connections have not shown yet who they are");
                return (null, link, default);
            }

            PortalGreeting greeting = await ShakeHandsAsync(wire, link);
            if (greeting.Refusal is { } why)
            {
                _log.Refused(from, why);
            }

            return (Pools.FirstOrDefault(p => ReferenceEquals(p.Keys, greeting.Keys)), link, greeting.Bridge);
        }
        finally
        {
            Interlocked.Decrement(ref _greetings);
        }
    }

    private async ValueTask<PortalGreeting> ShakeHandsAsync(Connection wire, TunnelLink link)
    {
        using var limit = new LinkDeadline(wire, _watch);
        limit.Within(TunnelTimes.Handshake);
        return Certificate is { } certificate && !await SecureAsync(wire, certificate)
            ? new PortalGreeting("its TLS handshake failed")
            : await PortalHandshake.RunAsync(link, () => [.. Pools.Select(p => p.Keys)]);
    }

    private static async ValueTask<bool> SecureAsync(Connection wire, ICertificate certificate)
    {
        var stream = new SslStream(new WireStream(wire));
        try
        {
            await stream.AuthenticateAsServerAsync(
                new SslServerAuthenticationOptions
                {
                    ServerCertificateContext = certificate.Current,
                    EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                }
            );
            wire.Secure(stream);
            return true;
        }
        catch (Exception e) when (InputBuffer.IsTransportFault(e) || e is AuthenticationException)
        {
            return false;
        }
    }

    /// <summary>Lets the system notice that the other side's host is gone while a stream says nothing.</summary>
    public static void KeepAlive(Socket socket)
    {
        if (socket.AddressFamily != AddressFamily.Unix)
        {
            socket.NoDelay = true;
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, optionValue: true);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 15);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, 5);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, 3);
        }
    }
}
