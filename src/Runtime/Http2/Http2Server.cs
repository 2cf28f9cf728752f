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

    private readonly Channel<ConnectionContext> _connections = Channel.CreateUnbounded<ConnectionContext>();
    private readonly Pipeline _pipeline;
    private readonly DeadlineWatch _watch;
    private readonly KestrelServer _server;

    public Http2Server(Pipeline pipeline, DeadlineWatch watch, int headLimit)
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
        options.Limits.MaxRequestHeadersTotalSize = headLimit;
        options.Limits.MaxRequestLineSize = headLimit;
        options.Limits.MaxRequestHeaderCount = 256;
        options.Limits.Http2.MaxRequestHeaderFieldSize = headLimit;
        options.Listen(EndPoint, listen => listen.Protocols = HttpProtocols.Http2);
        _server = new KestrelServer(Options.Create(options), this, NullLoggerFactory.Instance);
    }

    /// <inheritdoc/>
    public EndPoint EndPoint { get; } = new IPEndPoint(IPAddress.None, 0);

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
