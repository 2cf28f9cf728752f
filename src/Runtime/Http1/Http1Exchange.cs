using Confgen.Runtime.Exchanges;
using Confgen.Runtime.Messages;
using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Http1;

/// <summary>The requests of one HTTP/1.x connection, one after the other.</summary>
internal sealed class Http1Exchange : Exchange
{
    // A piece from this size on is sent as it is instead of being copied behind what waits.
    private const int DirectSize = 8 * 1024;

    private readonly Connection _wire;
    private readonly OutputBuffer _output = new();
    private readonly Http1RequestBody _body;
    private readonly DeadlineWatch _watch;
    private readonly ClientDeadline _readDeadline;
    private readonly ClientDeadline _sendDeadline;
    private readonly ClientDeadline _halfClose;
    private readonly HttpDate _date;
    private readonly StopSignal _stopping;
    private bool _sentContinue;
    private IClientWatcher? _watcher;

    public Http1Exchange(Connection wire, ClientConnection client, DeadlineWatch watch, HttpDate date, StopSignal stopping)
    {
        (_wire, Client, _watch, _date, _stopping) = (wire, client, watch, date, stopping);
        (_readDeadline, _sendDeadline, _halfClose) = (new ClientDeadline(wire.StopReceiving), new ClientDeadline(wire.Dispose), new ClientDeadline(TellThatClientLeft));
        watch.Add(_readDeadline);
        watch.Add(_sendDeadline);
        Input = new InputBuffer(wire, OnEnd);
        _body = new Http1RequestBody(Input, _readDeadline, watch);
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
    public bool HasReadBody => _body.IsAtEnd;

    /// <summary>Whether the answer was ended.</summary>
    public bool HasEnded { get; private set; }

    /// <inheritdoc/>
    public override long ReceivedBytes => _body.Received;

    /// <inheritdoc/>
    public override bool ClientHasLeft => _wire.IsClosed || Input.IsBroken;

    /// <inheritdoc/>
    public override FieldList? RequestTrailers => _body.Trailers;

    /// <summary>Begins with the request whose head was read.</summary>
    public void BeginRequest(bool keepsAlive)
    {
        KeepsAlive = keepsAlive;
        _body.Begin(Request.Framing, Request.Length);
        (_sentContinue, HasEnded, HasTakenBody) = (false, false, false);
        (SentStatus, SentBytes, MaxBody) = (0, 0, 0);
    }

    /// <summary>The deadline of what is received.</summary>
    public Deadline ReadDeadline => _readDeadline;

    /// <summary>Gives the buffers of an answer back.</summary>
    public void Release() => _output.Release();

    /// <summary>Ends the wait for a request.</summary>
    public void Abandon() => _wire.StopReceiving();

    /// <summary>When a head that begins now must be whole.</summary>
    public long HeadDue => _watch.After(ClientTimeouts.Head);

    /// <summary>Leaves the connection to somebody else.</summary>
    public void Detach()
    {
        _watch.Remove(_readDeadline);
        _watch.Remove(_sendDeadline);
        _watch.Remove(_halfClose);
    }

    /// <summary>Ends what concerns the connection's requests.</summary>
    public void Close()
    {
        Detach();
        _output.Release();
    }

    /// <inheritdoc/>
    public override void WatchClient(IClientWatcher? watcher)
    {
        Volatile.Write(ref _watcher, watcher);
        if (watcher is not null && Input.HasEnded)
        {
            OnEnd();
        }
        else if (watcher is not null && _body.IsAtEnd)
        {
            Input.ReadAhead();
        }
    }

    /// <inheritdoc/>
    public override async ValueTask<ReadOnlyMemory<byte>> ReadBodyAsync()
    {
        try
        {
            ReadOnlyMemory<byte> piece = await _body.ReadAsync();
            HasTakenBody |= !piece.IsEmpty;
            if (MaxBody > 0 && _body.Received > MaxBody)
            {
                throw new BodyFaultException(413);
            }

            if (piece.IsEmpty && Volatile.Read(ref _watcher) is not null)
            {
                Input.ReadAhead();
            }

            return piece;
        }
        catch (BodyFaultException)
        {
            KeepsAlive = false;
            throw;
        }
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
        _body.Due = _watch.After(LingeringClose.Longest);
        _readDeadline.Set(_body.Due);
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

    // A client that has ended its side is no longer there, or waits for the response as `nc -N` does: TCP shows both alike.
    private void OnEnd()
    {
        if (Input.IsBroken)
        {
            TellThatClientLeft();
        }
        else if (Volatile.Read(ref _watcher) is not null)
        {
            _halfClose.Set(_watch.After(ClientTimeouts.HalfClose));
            if (_halfClose.Slot < 0)
            {
                _watch.Add(_halfClose);
            }
        }
    }

    // Called on the watch's thread, too, which nothing may hold up.
    private void TellThatClientLeft() =>
        ThreadPool.UnsafeQueueUserWorkItem(static self => Interlocked.Exchange(ref self._watcher, null)?.ClientLeft(), this, preferLocal: false);
}
