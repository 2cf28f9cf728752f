using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Confgen.Runtime.Exchanges;
using Confgen.Runtime.Http1;
using Confgen.Runtime.Messages;
using Confgen.Runtime.Transport;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.Primitives;

namespace Confgen.Runtime.Http2;

/// <summary>One stream of an HTTP/2 connection.</summary>
internal sealed class Http2Exchange : Exchange
{
    // RFC 9113, section 7.
    private const int InternalError = 2;

    private readonly IFeatureCollection _features;
    private readonly IHttpResponseFeature _response;
    private readonly IHttpResponseBodyFeature _body;
    private readonly IHttpRequestLifetimeFeature _lifetime;
    private readonly CancellationTokenRegistration _onAbort;
    private readonly DeadlineWatch _watch;
    private StreamDeadline? _sendDeadline;
    private Http2RequestBody? _requestBody;
    private long _received;
    private int _unflushed;
    private IClientWatcher? _watcher;

    public Http2Exchange(IFeatureCollection features, DeadlineWatch watch)
    {
        (_features, _watch) = (features, watch);
        _response = features.GetRequiredFeature<IHttpResponseFeature>();
        _body = features.GetRequiredFeature<IHttpResponseBodyFeature>();
        _lifetime = features.GetRequiredFeature<IHttpRequestLifetimeFeature>();
        Client = features.GetRequiredFeature<ClientConnection>();
        Request = new Request { Fields = new FieldList() };
        _onAbort = _lifetime.RequestAborted.UnsafeRegister(static self => (self as Http2Exchange)?.OnAbort(), this);
    }

    /// <inheritdoc/>
    public override Request Request { get; }

    /// <inheritdoc/>
    public override ClientConnection Client { get; }

    /// <inheritdoc/>
    public override bool ClientHasLeft => _lifetime.RequestAborted.IsCancellationRequested;

    /// <inheritdoc/>
    public override FieldList? RequestTrailers => _requestBody?.Trailers;

    /// <summary>Takes the request's head over. 0, or the status of the refusal.</summary>
    public int ReadRequest() => Http2Head.Read(_features, Request);

    /// <summary>Ends what concerns the stream.</summary>
    public void Close()
    {
        _onAbort.Dispose();
        _requestBody?.Close();
        _sendDeadline?.Remove();
    }

    /// <inheritdoc/>
    public override void WatchClient(IClientWatcher? watcher)
    {
        Volatile.Write(ref _watcher, watcher);
        if (ClientHasLeft)
        {
            OnAbort();
        }
    }

    /// <inheritdoc/>
    public override async ValueTask<ReadOnlyMemory<byte>> ReadBodyAsync()
    {
        if (Request.Framing == BodyFraming.None || _requestBody is { IsAtEnd: true })
        {
            return default;
        }

        _requestBody ??= new Http2RequestBody(_features, _watch, Request.ExpectsContinue);
        ReadOnlyMemory<byte> piece = await _requestBody.ReadAsync();
        HasTakenBody |= !piece.IsEmpty;
        _received += piece.Length;
        return MaxBody > 0 && _received > MaxBody ? throw new BodyFaultException(413) : piece;
    }

    /// <inheritdoc/>
    public override ValueTask SendInterimAsync(int status, FieldList fields)
    {
        // Kestrel sends 100 itself when the body is read, and has no way to send any other.
        if (status == 100)
        {
            _requestBody?.Continue();
            return ValueTask.CompletedTask;
        }

        return SentStatus == 0 && _features.Get<Http2FrameInjector>() is { } gate && _features.Get<IHttp2StreamIdFeature>() is { } stream
            ? gate.InsertAsync(stream.StreamId, HeaderBlock.OfInterim(status, fields))
            : ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    protected override ValueTask WriteCoreAsync(ReadOnlyMemory<byte> data)
    {
        if (Response.HasBody)
        {
            SentBytes += data.Length;
            _unflushed += data.Length;
            _body.Writer.Write(data.Span);
        }

        return _unflushed >= InputBuffer.LargeSize ? FlushCoreAsync() : ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    protected override async ValueTask FlushCoreAsync()
    {
        _unflushed = 0;
        if (!_response.HasStarted)
        {
            await _body.StartAsync();
        }

        ValueTask<FlushResult> flushing = _body.Writer.FlushAsync();
        if (!flushing.IsCompleted)
        {
            (_sendDeadline ??= new StreamDeadline(_features, _watch)).Start(ClientTimeouts.Send);
        }

        FlushResult result = await flushing;
        _sendDeadline?.Clear();
        if (result.IsCanceled || ClientHasLeft)
        {
            throw new OperationCanceledException("the client has left");
        }
    }

    /// <inheritdoc/>
    protected override async ValueTask EndCoreAsync(FieldList? trailers)
    {
        if (trailers is not null && _features.Get<IHttpResponseTrailersFeature>()?.Trailers is { } target)
        {
            for (int i = 0; i < trailers.Count; i++)
            {
                target.Append(Encoding.Latin1.GetString(trailers.Name(i)), trailers.ValueText(i));
            }
        }

        await _body.CompleteAsync();
    }

    /// <inheritdoc/>
    public override async ValueTask AbortBodyReadAsync(Task reading)
    {
        _requestBody?.GiveUp();
        await reading;
    }

    /// <inheritdoc/>
    public override void Abort()
    {
        if (_features.Get<IHttpResetFeature>() is { } reset)
        {
            reset.Reset(InternalError);
        }
        else
        {
            _lifetime.Abort();
        }
    }

    /// <inheritdoc/>
    public override bool AcceptsUpgrade(FieldList response) => WebSocketKey.IsAccepted(Request.Fields, response);

    /// <inheritdoc/>
    public override async ValueTask<IDuplex> UpgradeAsync() =>
        new StreamDuplex(await _features.GetRequiredFeature<IHttpExtendedConnectFeature>().AcceptAsync(), _features);

    /// <inheritdoc/>
    protected override void BeginCore()
    {
        if (Response.Status == 101)
        {
            // The key was the proxy's own, and success has another number here (RFC 8441, section 5).
            SentStatus = 200;
            Response.Fields.Remove(WebSocketKey.AcceptName);
        }
        else if (Request.IsWebSocket && Response.Status is >= 200 and < 300)
        {
            // The client would take it for a WebSocket.
            SentStatus = 502;
        }

        _response.StatusCode = SentStatus;
        FieldList fields = Response.Fields;
        for (int i = 0; i < fields.Count; i++)
        {
            if (fields[i].Kind != FieldKind.ContentLength)
            {
                _response.Headers.Append(Encoding.Latin1.GetString(fields.Name(i)).ToLowerInvariant(), fields.ValueText(i));
            }
        }

        if (Response.Length is { } length && Response.Status is not 204)
        {
            _response.Headers.ContentLength = length;
        }
    }

    private void OnAbort() => Interlocked.Exchange(ref _watcher, null)?.ClientLeft();
}
