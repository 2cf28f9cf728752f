using Confgen.Runtime.Exchanges;
using Confgen.Runtime.Listening;
using Confgen.Runtime.Messages;
using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Http1;

/// <summary>The requests of one HTTP/1.x connection, one after the other.</summary>
internal sealed class Http1Exchange : Exchange
{
    // A piece from this size on is sent as it is instead of being copied behind what waits.
    private const int DirectSize = 8 * 1024;

    // What is read of a refused body before the connection is closed all the same.
    private const int LingerBytes = 256 * 1024;

    private readonly Connection _wire;
    private readonly OutputBuffer _output = new();
    private readonly ChunkedReader _chunks = new();
    private readonly DeadlineWatch _watch;
    private readonly ClientDeadline _readDeadline;
    private readonly ClientDeadline _sendDeadline;
    private readonly HttpDate _date;
    private readonly StopSignal _stopping;
    private long _left;
    private long _received;
    private long _since;
    private long _lingerUntil;
    private bool _bodyIsRead;
    private bool _sentContinue;
    private IClientWatcher? _watcher;

    public Http1Exchange(Connection wire, ClientConnection client, DeadlineWatch watch, HttpDate date, StopSignal stopping)
    {
        (_wire, Client, _watch, _date, _stopping) = (wire, client, watch, date, stopping);
        (_readDeadline, _sendDeadline) = (new ClientDeadline(wire), new ClientDeadline(wire));
        watch.Add(_readDeadline);
        watch.Add(_sendDeadline);
        Input = new InputBuffer(wire, OnEnd);
        Request = new Request { Fields = Head.Fields };
    }

    /// <summary>What the client sends.</summary>
    public InputBuffer Input { get; }

    /// <summary>The reader of heads.</summary>
    public MessageHead Head { get; } = new(hasFirstLine: true) { SkipsEmptyLine = true };

    /// <inheritdoc/>
    public override Request Request { get; }

    /// <inheritdoc/>
    public override ClientConnection Client { get; }

    /// <summary>Whether another request may follow.</summary>
    public bool KeepsAlive { get; set; }

    /// <summary>Whether the bytes are no HTTP any more.</summary>
    public bool IsUpgraded { get; private set; }

    /// <summary>Whether the whole body of the request was read.</summary>
    public bool HasReadBody => _bodyIsRead;

    /// <summary>Whether the answer was ended.</summary>
    public bool HasEnded { get; private set; }

    /// <inheritdoc/>
    public override bool ClientHasLeft => _wire.IsClosed || Input.IsBroken;

    /// <inheritdoc/>
    public override FieldList? RequestTrailers => Request.Framing == BodyFraming.Chunked && _chunks.Trailers.Count > 0 ? _chunks.Trailers : null;

    /// <summary>Begins with the request whose head was read.</summary>
    public void BeginRequest(bool keepsAlive)
    {
        KeepsAlive = keepsAlive;
        _left = Request.Length;
        _received = 0;
        _since = _watch.Now;
        _bodyIsRead = Request.Framing == BodyFraming.None;
        (_sentContinue, HasEnded, HasTakenBody) = (false, false, false);
        (SentStatus, SentBytes, MaxBody) = (0, 0, 0);
        if (Request.Framing == BodyFraming.Chunked)
        {
            _chunks.Reset();
        }
    }

    /// <summary>The deadline of what is received.</summary>
    public Deadline ReadDeadline => _readDeadline;

    /// <summary>Gives the buffers of an answer back.</summary>
    public void Release() => _output.Release();

    /// <summary>Ends the wait for a request.</summary>
    public void Abandon() => _wire.Dispose();

    /// <summary>When a head that begins now must be whole.</summary>
    public long HeadDue => _watch.After(ClientTimeouts.Head);

    /// <summary>Leaves the connection to somebody else.</summary>
    public void Detach()
    {
        _watch.Remove(_readDeadline);
        _watch.Remove(_sendDeadline);
    }

    /// <summary>Ends what concerns the connection.</summary>
    public void Close()
    {
        Detach();
        _output.Release();
        _wire.Dispose();
    }

    /// <summary>Says that nothing more is sent, and reads on for a moment, so that the client gets the answer instead of a reset.</summary>
    public async ValueTask LingerAsync()
    {
        _lingerUntil = _watch.After(ClientTimeouts.Linger);
        _readDeadline.Set(_lingerUntil);
        await _wire.EndSendingAsync();
        for (int read = 0; read < LingerBytes && !_wire.IsClosed;)
        {
            read += Input.Available.Length;
            Input.Consume(Input.Available.Length);
            if (!await Input.FillAsync())
            {
                break;
            }
        }

        _readDeadline.Clear();
    }

    /// <inheritdoc/>
    public override void WatchClient(IClientWatcher? watcher)
    {
        Volatile.Write(ref _watcher, watcher);
        if (watcher is not null && _bodyIsRead)
        {
            Input.ReadAhead();
        }
    }

    /// <inheritdoc/>
    public override async ValueTask<ReadOnlyMemory<byte>> ReadBodyAsync()
    {
        while (!_bodyIsRead)
        {
            if (!Input.HasBytes)
            {
                _readDeadline.Set(_lingerUntil > 0 ? _lingerUntil : _watch.After(ClientTimeouts.Body));
                bool more = await Input.FillAsync();
                _readDeadline.Clear();
                if (!more)
                {
                    KeepsAlive = false;
                    throw new BodyFaultException(0);
                }
            }

            if (TakePiece() is { Length: > 0 } piece)
            {
                HasTakenBody = true;
                _received += piece.Length;
                if (MaxBody > 0 && _received > MaxBody)
                {
                    KeepsAlive = false;
                    throw new BodyFaultException(413);
                }

                return piece;
            }
        }

        if (Volatile.Read(ref _watcher) is not null)
        {
            Input.ReadAhead();
        }

        return default;
    }

    /// <inheritdoc/>
    public override async ValueTask SendInterimAsync(int status, FieldList fields)
    {
        if (Request.IsHttp10 || SentStatus != 0 || (status == 100 && (!Request.ExpectsContinue || _sentContinue)))
        {
            return;
        }

        _sentContinue |= status == 100;
        _output.Write(StatusLines.Of(status));
        for (int i = 0; i < fields.Count; i++)
        {
            _output.WriteField(fields.Name(i), fields.Value(i));
        }

        _output.Write("\r\n"u8);
        await FlushCoreAsync();
    }

    /// <inheritdoc/>
    protected override ValueTask WriteCoreAsync(ReadOnlyMemory<byte> data)
    {
        if (!Response.HasBody || data.IsEmpty)
        {
            return ValueTask.CompletedTask;
        }

        SentBytes += data.Length;
        bool isChunked = Response.Length is null && !Request.IsHttp10;
        if (!isChunked && data.Length >= DirectSize && _output.Length == 0)
        {
            return SendAsync(data);
        }

        if (isChunked)
        {
            _output.WriteChunkSize(data.Length);
        }

        _output.Write(data.Span);
        if (isChunked)
        {
            _output.Write("\r\n"u8);
        }

        return _output.Length >= InputBuffer.LargeSize ? FlushCoreAsync() : ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    protected override ValueTask FlushCoreAsync()
    {
        if (_output.Length == 0)
        {
            return ValueTask.CompletedTask;
        }

        ValueTask sending = SendAsync(_output.Memory);
        if (sending.IsCompletedSuccessfully)
        {
            _output.Clear();
            return sending;
        }

        return FinishFlushAsync(sending);
    }

    /// <inheritdoc/>
    protected override ValueTask EndCoreAsync(FieldList? trailers)
    {
        HasEnded = true;
        if (Response.HasBody && Response.Length is null)
        {
            if (Request.IsHttp10)
            {
                KeepsAlive = false;
            }
            else
            {
                _output.Write("0\r\n"u8);
                for (int i = 0; i < trailers?.Count; i++)
                {
                    _output.WriteField(trailers.Name(i), trailers.Value(i));
                }

                _output.Write("\r\n"u8);
            }
        }

        return FlushCoreAsync();
    }

    /// <inheritdoc/>
    public override async ValueTask AbortBodyReadAsync(Task reading)
    {
        KeepsAlive = false;
        _lingerUntil = _watch.After(ClientTimeouts.Linger);
        _readDeadline.Set(_lingerUntil);
        await _wire.EndSendingAsync();
        await reading;
    }

    /// <inheritdoc/>
    public override void Abort()
    {
        KeepsAlive = false;

        // A counted or chunked body shows by itself that it was cut; one that ends with the connection needs an error.
        if (Response.HasBody && Response.Length is null && Request.IsHttp10)
        {
            _wire.Abort();
        }
    }

    /// <inheritdoc/>
    public override void CloseAfterResponse() => KeepsAlive = false;

    /// <inheritdoc/>
    public override async ValueTask<IDuplex> UpgradeAsync()
    {
        (IsUpgraded, KeepsAlive) = (true, false);
        await FlushCoreAsync();
        return new Duplex(_wire, Input);
    }

    /// <inheritdoc/>
    protected override void BeginCore()
    {
        int status = Response.Status;
        KeepsAlive &= !Request.IsHttp10 && status != 101 && !_stopping.IsSet;
        _output.Write(StatusLines.Of(status));
        FieldList fields = Response.Fields;
        bool hasDate = false;
        for (int i = 0; i < fields.Count; i++)
        {
            FieldKind kind = fields[i].Kind;
            if (kind != FieldKind.ContentLength)
            {
                hasDate |= kind == FieldKind.Date;
                _output.WriteField(fields.Name(i), fields.Value(i));
            }
        }

        if (!hasDate && status >= 200)
        {
            _output.WriteField("Date"u8, _date.Now);
        }

        if (status == 101)
        {
            _output.Write("Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n"u8);
            return;
        }

        if (Response.HasBody && Response.Length is null)
        {
            _output.Write(Request.IsHttp10 ? default : "Transfer-Encoding: chunked\r\n"u8);
        }
        else if (status != 204 && (Response.Length is not null || (status != 304 && !Request.IsHead)))
        {
            _output.Write("Content-Length: "u8);
            _output.Write(Response.Length ?? 0);
            _output.Write("\r\n"u8);
        }

        _output.Write(KeepsAlive ? "\r\n"u8 : "Connection: close\r\n\r\n"u8);
    }

    private async ValueTask SendAsync(ReadOnlyMemory<byte> data)
    {
        ValueTask sending = _wire.SendAsync(data);
        if (!sending.IsCompletedSuccessfully)
        {
            _sendDeadline.Set(_watch.After(ClientTimeouts.Send));
        }

        try
        {
            await sending;
        }
        finally
        {
            _sendDeadline.Clear();
        }
    }

    private async ValueTask FinishFlushAsync(ValueTask sending)
    {
        await sending;
        _output.Clear();
    }

    // The next piece among the bytes that are here; empty where more are needed, or at the end.
    private ReadOnlyMemory<byte> TakePiece()
    {
        ReadOnlyMemory<byte> bytes = Input.Available;
        if (Request.Framing == BodyFraming.Counted)
        {
            ReadOnlyMemory<byte> piece = bytes[..(int)Math.Min(_left, bytes.Length)];
            Input.Consume(piece.Length);
            _left -= piece.Length;
            _bodyIsRead = _left == 0;
            return piece;
        }

        ChunkStep step = _chunks.Step(bytes.Span, out int consumed, out Range data);
        Input.Consume(consumed);
        _bodyIsRead = step == ChunkStep.End;
        if (step == ChunkStep.Malformed)
        {
            KeepsAlive = false;
            throw new BodyFaultException(400);
        }

        return step == ChunkStep.Data ? bytes[data] : default;
    }

    private void OnEnd()
    {
        if (Input.IsBroken || _watch.Now - _since > ClientTimeouts.HalfClose.TotalMilliseconds)
        {
            Interlocked.Exchange(ref _watcher, null)?.ClientLeft();
        }
    }
}
