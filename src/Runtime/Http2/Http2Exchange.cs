using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using Confgen.Runtime.Exchanges;
using Confgen.Runtime.Messages;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
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
    private PipeReader? _reader;
    private ReadOnlySequence<byte> _read;
    private SequencePosition _taken;
    private bool _hasRead;
    private long _received;
    private int _unflushed;
    private bool _bodyIsRead;
    private FieldList? _trailers;
    private IClientWatcher? _watcher;

    public Http2Exchange(IFeatureCollection features)
    {
        _features = features;
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
    public override FieldList? RequestTrailers => _trailers;

    /// <summary>Takes the request's head over. 0, or the status of the refusal.</summary>
    public int ReadRequest()
    {
        IHttpRequestFeature head = _features.GetRequiredFeature<IHttpRequestFeature>();
        Request.Method = head.Method;
        Request.Protocol = "HTTP/2.0";
        Request.Target = head.RawTarget;
        Request.HeadLength = head.RawTarget.Length + head.Method.Length;
        Request.Authority = head.Headers.Host.ToString();
        if (head.Method == "TRACE")
        {
            return 405;
        }

        if (head.Method == "CONNECT" || !RequestTarget.IsOrigin(head.RawTarget) || !Authority.TrySplit(Request.Authority, out _, out _))
        {
            return 400;
        }

        foreach ((string name, StringValues values) in head.Headers)
        {
            if (name.StartsWith(':'))
            {
                continue;
            }

            foreach (string? value in values)
            {
                byte[] bytes = Encoding.Latin1.GetBytes(value ?? "");
                byte[] nameBytes = Encoding.Latin1.GetBytes(name.ToLowerInvariant());
                FieldKind kind = FieldKinds.Of(nameBytes);

                // HTTP/2 has no field that concerns the connection (RFC 9113, section 8.2.2).
                if (!MessageHead.IsToken(nameBytes) || !MessageHead.IsValue(bytes) || (FieldKinds.IsHopByHop(kind) && kind != FieldKind.Te))
                {
                    return 400;
                }

                Request.HeadLength += nameBytes.Length + bytes.Length + 4;
                Request.Fields.Add(nameBytes, bytes);
            }
        }

        Request.TakesTrailers = FieldTokens.Has(Request.Fields, FieldKind.Te, "trailers"u8);
        Request.Fields.Remove(FieldKind.Te);
        JoinCookies();
        bool hasBody = _features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody ?? false;
        Request.Framing = !hasBody ? BodyFraming.None : head.Headers.ContentLength is not null ? BodyFraming.Counted : BodyFraming.Chunked;
        Request.Length = head.Headers.ContentLength ?? 0;
        _bodyIsRead = Request.Framing == BodyFraming.None;
        return 0;
    }

    /// <summary>Ends what concerns the stream.</summary>
    public void Close() => _onAbort.Dispose();

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
        if (_bodyIsRead)
        {
            return default;
        }

        _reader ??= _features.GetRequiredFeature<IRequestBodyPipeFeature>().Reader;
        try
        {
            while (true)
            {
                if (_hasRead && _read.Slice(_taken) is { IsEmpty: false } rest)
                {
                    ReadOnlyMemory<byte> piece = rest.First;
                    _taken = _read.GetPosition(piece.Length, _taken);
                    HasTakenBody = true;
                    _received += piece.Length;
                    return MaxBody > 0 && _received > MaxBody ? throw new BodyFaultException(413) : piece;
                }

                if (_hasRead)
                {
                    _reader.AdvanceTo(_read.End);
                    _hasRead = false;
                }

                ReadResult result = await _reader.ReadAsync();
                (_read, _taken, _hasRead) = (result.Buffer, result.Buffer.Start, true);
                if (result.IsCanceled || (result.IsCompleted && result.Buffer.IsEmpty))
                {
                    _bodyIsRead = true;
                    TakeTrailers();
                    return result.IsCanceled ? throw new BodyFaultException(0) : default;
                }
            }
        }
        catch (BadHttpRequestException e)
        {
            throw new BodyFaultException(e.StatusCode);
        }
        catch (Exception e) when (Transport.InputBuffer.IsTransportFault(e))
        {
            throw new BodyFaultException(0);
        }
    }

    /// <inheritdoc/>
    public override ValueTask SendInterimAsync(int status, FieldList fields) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    protected override ValueTask WriteCoreAsync(ReadOnlyMemory<byte> data)
    {
        if (Answer.HasBody)
        {
            SentBytes += data.Length;
            _unflushed += data.Length;
            _body.Writer.Write(data.Span);
        }

        return _unflushed >= Transport.InputBuffer.LargeSize ? FlushCoreAsync() : ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    protected override async ValueTask FlushCoreAsync()
    {
        _unflushed = 0;
        if (!_response.HasStarted)
        {
            await _body.StartAsync();
        }

        FlushResult result = await _body.Writer.FlushAsync();
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
    public override async ValueTask GiveUpBodyAsync(Task reading)
    {
        _reader?.CancelPendingRead();
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
    protected override void BeginCore()
    {
        _response.StatusCode = Answer.Status;
        FieldList fields = Answer.Fields;
        for (int i = 0; i < fields.Count; i++)
        {
            if (fields[i].Kind != FieldKind.ContentLength)
            {
                _response.Headers.Append(Encoding.Latin1.GetString(fields.Name(i)).ToLowerInvariant(), fields.ValueText(i));
            }
        }

        if (Answer.Length is { } length && Answer.Status is not 204)
        {
            _response.Headers.ContentLength = length;
        }
    }

    private void OnAbort() => Interlocked.Exchange(ref _watcher, null)?.ClientLeft();

    private void TakeTrailers()
    {
        if (_features.Get<IHttpRequestTrailersFeature>() is { Available: true, Trailers: { Count: > 0 } trailers })
        {
            _trailers = new FieldList();
            foreach ((string name, StringValues values) in trailers)
            {
                foreach (string? value in values)
                {
                    _trailers.Add(Encoding.Latin1.GetBytes(name), Encoding.Latin1.GetBytes(value ?? ""));
                }
            }
        }
    }

    // HTTP/2 lets a client split its cookies; before HTTP/1.1 they are one line again (RFC 9113, section 8.2.3).
    private void JoinCookies()
    {
        int first = Request.Fields.IndexOf(FieldKind.Cookie);
        if (first < 0 || Request.Fields.IndexOf(FieldKind.Cookie, first + 1) < 0)
        {
            return;
        }

        var all = new StringBuilder();
        for (int i = first; i >= 0; i = Request.Fields.IndexOf(FieldKind.Cookie, i + 1))
        {
            all.Append(CultureInfo.InvariantCulture, $"{(all.Length == 0 ? "" : "; ")}{Request.Fields.ValueText(i)}");
        }

        Request.Fields.Remove(FieldKind.Cookie);
        Request.Fields.Add("cookie"u8, Encoding.Latin1.GetBytes(all.ToString()));
    }
}
