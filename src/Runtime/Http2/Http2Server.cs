using System.Net;
using System.Text;
using System.Threading.Channels;
using Confgen.Runtime.Http1;
using Confgen.Runtime.Transport;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Confgen.Runtime.Http2;

/// <summary>
/// Kestrel's HTTP/2 for connections that were accepted, and brought under TLS, here: it gets them through a channel instead of a socket, and
/// its requests go through the same pipeline as HTTP/1.1's.
/// </summary>
internal sealed class Http2Server : IHttpApplication<Http2Exchange>, IConnectionListenerFactory, IConnectionListener
{
    // A stream that takes nothing is reset alone and before; this ends connections that take nothing of answers that are written already.
    private static readonly MinDataRate _slowest = new(bytesPerSecond: 240, gracePeriod: 2 * ClientTimeouts.Send);

    // It also counts 32 bytes beside each field (RFC 9113, section 6.5.2), of which there may be 256.
    private const int SmallestHeadLimit = 64 * 1024;

    private readonly Channel<ConnectionContext> _connections = Channel.CreateUnbounded<ConnectionContext>();
    private readonly Pipeline _pipeline;
    private readonly DeadlineWatch _watch;
    private readonly KestrelServer _server;
    private readonly KestrelServerLimits _limits;

    public Http2Server(Pipeline pipeline, DeadlineWatch watch)
    {
        (_pipeline, _watch) = (pipeline, watch);
        var options = new KestrelServerOptions
        {
            AddServerHeader = false,

            // TLS was ended here, so Kestrel sees plain bytes for https requests.
            AllowAlternateSchemes = true,
            RequestHeaderEncodingSelector = _ => Encoding.Latin1,
            ResponseHeaderEncodingSelector = _ => Encoding.Latin1,
        };
        options.Limits.KeepAliveTimeout = ClientTimeouts.Idle;
        options.Limits.RequestHeadersTimeout = ClientTimeouts.Head;
        options.Limits.MaxRequestBodySize = null;
        options.Limits.MinRequestBodyDataRate = null;
        options.Limits.MinResponseDataRate = _slowest;
        options.Limits.MaxRequestHeaderCount = 256;
        options.Listen(EndPoint, listen => listen.Protocols = HttpProtocols.Http2);
        _limits = options.Limits;
        _server = new KestrelServer(Options.Create(options), this, NullLoggerFactory.Instance);
    }

    /// <inheritdoc/>
    public EndPoint EndPoint { get; } = new IPEndPoint(IPAddress.None, 0);

    /// <summary>
    /// Sets how large a head may be, for the connections that follow. Kestrel has one limit for all sites and ends the connection of who is
    /// over it: it gets room to spare, so that each site's own limit, checked where the site is known, can be told by a status.
    /// </summary>
    public void LimitHeads(int largest)
    {
        int limit = (int)Math.Min((2L * largest) + SmallestHeadLimit, int.MaxValue / 2);
        _limits.MaxRequestBufferSize = Math.Max(limit, _limits.MaxRequestBufferSize ?? 0);
        _limits.MaxRequestHeadersTotalSize = limit;
        _limits.MaxRequestLineSize = limit;
        _limits.Http2.MaxRequestHeaderFieldSize = limit;
    }

    /// <summary>Begins to serve.</summary>
    public Task StartAsync() => _server.StartAsync(this, CancellationToken.None);

    /// <summary>Serves a connection to its end.</summary>
    public async Task ServeAsync(Http2Connection connection)
    {
        if (_connections.Writer.TryWrite(connection))
        {
            await connection.Ended;
        }
    }

    /// <summary>Takes no further request and lets those under way finish until the time is over.</summary>
    public async Task StopAsync(CancellationToken limit)
    {
        _connections.Writer.TryComplete();
        await _server.StopAsync(limit);
        _server.Dispose();
    }

    /// <inheritdoc/>
    public Http2Exchange CreateContext(IFeatureCollection contextFeatures) => new(contextFeatures, _watch);

    /// <inheritdoc/>
    public async Task ProcessRequestAsync(Http2Exchange context)
    {
        // A stream that was reset before anybody looked at it costs nobody else a thing (CVE-2023-44487).
        if (context.ClientHasLeft)
        {
            return;
        }

        int refusal = context.ReadRequest();
        try
        {
            if (refusal != 0)
            {
                _pipeline.NoteRefused(refusal);
            }

            await (refusal == 0 ? _pipeline.HandleAsync(context) : Pipeline.RefuseAsync(context, refusal));
        }
        catch (Exception e) when (InputBuffer.IsTransportFault(e))
        {
            context.Abort();
        }
    }

    /// <inheritdoc/>
    public void DisposeContext(Http2Exchange context, Exception? exception) => context.Close();

    /// <inheritdoc/>
    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) => ValueTask.FromResult<IConnectionListener>(this);

    /// <inheritdoc/>
    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default) =>
        await _connections.Reader.WaitToReadAsync(cancellationToken) && _connections.Reader.TryRead(out ConnectionContext? connection) ? connection : null;

    /// <inheritdoc/>
    public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        _connections.Writer.TryComplete();
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
