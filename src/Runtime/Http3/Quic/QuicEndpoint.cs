using System.Net;
using System.Net.Quic;
using System.Net.Security;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Confgen.Runtime.Exchanges;
using Confgen.Runtime.Http1;
using Confgen.Runtime.Listening;
using Confgen.Runtime.Tls;

namespace Confgen.Runtime.Http3.Quic;

/// <summary>Accepts connections of HTTP/3 at one address, which is that of a listener of TCP, too.</summary>
internal sealed class QuicEndpoint : IAsyncDisposable
{
    // Three are the protocol's (RFC 9114, section 6.2); a few more let a client try what nobody knows.
    private const int MostUnidirectional = 8;

    // As HTTP/2's.
    private const int MostRequests = 100;

    // Handshakes under way at once. From some hundred on the library makes strangers prove their address (RFC 9000, section 8.1) and keeps
    // nothing of them until they did; a smaller number would be used up before, by whoever forges addresses, and nobody else let in.
    private const int MostHandshakes = 4096;

    // A client that is silent for so long may be gone; it is asked before, and so are the routers in between to keep their way open.
    private static readonly TimeSpan _keepAlive = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(1);

    // The library binds without asking whether somebody else has the port, and may hold it for a moment longer than its listener lives:
    // what this process once had isn't asked for again.
    private static readonly HashSet<int> _known = [];

    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConditionalWeakTable<QuicConnection, SiteTlsOptions> _chosen = [];
    private readonly Func<string, TlsTable?> _certificates;
    private QuicListener? _listener;
    private ListenPlan _plan;

    private QuicEndpoint(ListenPlan plan, Func<string, TlsTable?> certificates) => (_plan, _certificates) = (plan, certificates);

    /// <summary>What the spec asks for there.</summary>
    public ListenPlan Plan
    {
        get => Volatile.Read(ref _plan);
        set => Volatile.Write(ref _plan, value);
    }

    /// <summary>Binds an address.</summary>
    /// <param name="plan">The listener of TCP whose address it is.</param>
    /// <param name="certificates">The certificates of a listener as they are at the time of a handshake.</param>
    /// <exception cref="SocketException">The address can't be bound.</exception>
    public static async Task<QuicEndpoint> BindAsync(ListenPlan plan, Func<string, TlsTable?> certificates)
    {
        if (plan.EndPoint is not IPEndPoint address)
        {
            throw new ArgumentException("QUIC needs an address of IP", nameof(plan));
        }

        Probe(address);
        var endpoint = new QuicEndpoint(plan, certificates);
        try
        {
            endpoint._listener = await QuicListener.ListenAsync(
                new QuicListenerOptions
                {
                    ListenEndPoint = address,
                    ListenBacklog = MostHandshakes,
                    ApplicationProtocols = [SslApplicationProtocol.Http3],
                    ConnectionOptionsCallback = endpoint.GreetAsync,
                }
            );
        }
        catch (QuicException e)
        {
            throw new SocketException(
                (int)(e.QuicError == QuicError.ConnectionAborted ? SocketError.ConnectionAborted : SocketError.SocketError),
                e.Message
            );
        }

        return endpoint;
    }

    /// <summary>Hands each connection on, until the endpoint is disposed.</summary>
    public async Task AcceptAsync(Func<IQuicConnection, ClientConnection, ListenPlan, Task> serve)
    {
        _begun.TrySetResult();
        while (_listener is { } listener)
        {
            try
            {
                QuicConnection accepted = await listener.AcceptConnectionAsync();
                _ = serve(new PlatformConnection(accepted), Describe(accepted), Plan);
            }
            catch (Exception e) when (e is ObjectDisposedException || _listener is null)
            {
                return;
            }
            catch (Exception e) when (_listener is not null)
            {
                // A handshake that failed: whatever a client does, it must not end this for all others. Only a listener that ended by
                // itself could fail again and again.
                if (e is QuicException { QuicError: QuicError.OperationAborted })
                {
                    await Task.Delay(_pause);
                }
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _begun.TrySetCanceled();
        if (Interlocked.Exchange(ref _listener, null) is { } listener)
        {
            await listener.DisposeAsync();
        }
    }

    // The library shares the port of another process instead of failing.
    private static void Probe(IPEndPoint address)
    {
        lock (_known)
        {
            if (!_known.Contains(address.Port))
            {
                using var socket = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
                if (address.AddressFamily == AddressFamily.InterNetworkV6)
                {
                    socket.DualMode = address.Address.Equals(IPAddress.IPv6Any);
                }

                socket.Bind(address);
                _known.Add(address.Port);
            }
        }
    }

    // The rules of the site that the client names, as over TCP; QUIC itself says that it is TLS 1.3 (RFC 9001, section 4.2).
    private async ValueTask<QuicServerConnectionOptions> GreetAsync(
        QuicConnection connection,
        SslClientHelloInfo hello,
        CancellationToken cancellation
    )
    {
        await _begun.Task.WaitAsync(cancellation);
        if (_certificates(Plan.Key)?.For(hello.ServerName) is not { Site.Http3: true } chosen)
        {
            throw new AuthenticationException("the site doesn't speak HTTP/3");
        }

        if (chosen.Own() is not { } tls)
        {
            throw new AuthenticationException("the site has no certificate yet");
        }

        _chosen.Add(connection, chosen);
        tls.EnabledSslProtocols = SslProtocols.Tls13;
        tls.ApplicationProtocols = [SslApplicationProtocol.Http3];
        tls.CipherSuitesPolicy = null;
        tls.RemoteCertificateValidationCallback = IsClientTrusted;
        return new QuicServerConnectionOptions
        {
            ServerAuthenticationOptions = tls,
            DefaultStreamErrorCode = ErrorCodes.RequestCancelled,
            DefaultCloseErrorCode = ErrorCodes.NoError,
            MaxInboundBidirectionalStreams = MostRequests,
            MaxInboundUnidirectionalStreams = MostUnidirectional,
            HandshakeTimeout = ClientTimeouts.Handshake,
            IdleTimeout = ClientTimeouts.Idle,
            KeepAliveInterval = _keepAlive,
        };
    }

    // Everything that the site's options say of a client's certificate was checked. QUIC's check also compares its name with the server's,
    // which TCP's does not: a client has another name.
    private static bool IsClientTrusted(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) =>
        (errors & ~SslPolicyErrors.RemoteCertificateNameMismatch) == SslPolicyErrors.None;

    private ClientConnection Describe(QuicConnection connection)
    {
        IPEndPoint remote = connection.RemoteEndPoint;
        IPAddress peer = remote.Address.IsIPv4MappedToIPv6 ? remote.Address.MapToIPv4() : remote.Address;
        string name = connection.TargetHostName;
        return new ClientConnection
        {
            Peer = peer,
            PeerPort = remote.Port,
            PeerText = peer.ToString(),
            Listener = Plan.Key,
            Port = Plan.Port,
            IsTls = true,
            ServerName = string.IsNullOrEmpty(name) ? null : name.ToLowerInvariant(),
            TlsSite = _chosen.TryGetValue(connection, out SiteTlsOptions? chosen) ? chosen.Site : null,
        };
    }
}
