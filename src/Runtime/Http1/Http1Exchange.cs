using Confgen.Runtime.Exchanges;
using Confgen.Runtime.Messages;
using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Http1;

/// <summary>The requests of one HTTP/1.x connection, one after the other.</summary>
internal sealed class Http1Exchange : Exchange
{
    private readonly Connection _wire;
    private readonly Http1Output _output;
    private readonly Http1RequestBody _body;
    private readonly DeadlineWatch _watch;
    private readonly ClientDeadline _readDeadline;
    private readonly ClientDeadline _sendDeadline;
    private readonly ClientDeadline _halfClose;
    private readonly ClientDeadline _look;
    private readonly HttpDate _date;
    private readonly StopSignal _stopping;
    private volatile bool _isDetached;
    private bool _sentContinue;
    private IClientWatcher? _watcher;

    public Http1Exchange(Connection wire, ClientConnection client, DeadlineWatch watch, HttpDate date, StopSignal stopping)
    {
        (_wire, Client, _watch, _date, _stopping) = (wire, client, watch, date, stopping);
        (_readDeadline, _sendDeadline) = (new ClientDeadline(wire.StopReceiving), new ClientDeadline(wire.Dispose));
        (_halfClose, _look) = (new ClientDeadline(TellThatClientLeft), new ClientDeadline(LookForEnd));
        watch.Add(_readDeadline);
        watch.Add(_sendDeadline);
        _output = new Http1Output(wire, _sendDeadline, watch);
        Input = new InputBuffer(wire, OnAhead);
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

    /// <summary>Whether the response was ended.</summary>
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

    /// <summary>Gives the buffers of a response back.</summary>
    public void Release() => _output.Release();

    /// <summary>Ends the wait for a request.</summary>
    public void Abandon() => _wire.StopReceiving();

    /// <summary>When a head that begins now must be whole.</summary>
    public long HeadDue => _watch.After(ClientTimeouts.Head);

    /// <summary>Leaves the connection to somebody else.</summary>
    public void Detach()
    {
        _isDetached = true;
        _watch.Remove(_readDeadline);
        _watch.Remove(_sendDeadline);
        _watch.Remove(_halfClose);
        _watch.Remove(_look);
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
            OnAhead(hasBytes: false);
        }
        else if (watcher is not null && _body.IsAtEnd)
        {
            ReadAhead();
        }
        else if (watcher is not null)
        {
            LookLater();
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
                ReadAhead();
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
        _output.WriteInterim(status, fields);
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
        return _output.WriteAsync(data, isChunked: Response.Length is null && !Request.IsHttp10);
    }

    /// <inheritdoc/>
    protected override ValueTask FlushCoreAsync() => _output.FlushAsync();

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
                _output.WriteLastChunk(trailers);
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
        KeepsAlive &= !Request.IsHttp10 && Response.Status != 101 && !_stopping.IsSet;
        _output.WriteHead(Response, Request, KeepsAlive, _date);
    }

    private void ReadAhead()
    {
        Input.ReadAhead();
        if (Input.HasUnread)
        {
            LookLater();
        }
    }

    private void OnAhead(bool hasBytes)
    {
        if (hasBytes)
        {
            LookLater();
        }
        else
        {
            OnEnd(Input.IsBroken);
        }
    }

    // A client that has ended its side is no longer there, or waits for the response as `nc -N` does: TCP shows both alike.
    private void OnEnd(bool isBroken)
    {
        if (isBroken)
        {
            TellThatClientLeft();
        }
        else if (Volatile.Read(ref _watcher) is not null)
        {
            _halfClose.Set(_watch.After(ClientTimeouts.HalfClose));
            Watch(_halfClose);
        }
    }

    // Where bytes wait that nobody reads - a request behind this one, a body that the upstream doesn't take - no receive sees the client's
    // end.
    private void LookLater()
    {
        _look.Set(_watch.After(ClientTimeouts.Look));
        Watch(_look);
    }

    // A receive may end when the connection has been given up.
    private void Watch(ClientDeadline deadline)
    {
        if (deadline.Slot < 0)
        {
            _watch.Add(deadline);
            if (_isDetached)
            {
                _watch.Remove(deadline);
            }
        }
    }

    // On the watch's thread. An end behind a body is one when the body was read.
    private void LookForEnd()
    {
        if (Volatile.Read(ref _watcher) is null)
        {
            return;
        }

        if (PeerEnd.IsSeen(_wire.Socket, out bool isBroken) && (isBroken || _body.IsAtEnd))
        {
            OnEnd(isBroken);
        }
        else
        {
            LookLater();
        }
    }

    // Called on the watch's thread, too, which nothing may hold up.
    private void TellThatClientLeft() =>
        ThreadPool.UnsafeQueueUserWorkItem(
            static self => Interlocked.Exchange(ref self._watcher, null)?.ClientLeft(),
            this,
            preferLocal: false
        );
}
