using Confgen.Runtime.Exchanges;
using Confgen.Runtime.Http1;
using Confgen.Runtime.Http2Frames;
using Confgen.Runtime.Messages;
using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Http2;

/// <summary>One stream of an HTTP/2 connection.</summary>
internal sealed class Http2Exchange : Exchange
{
    private readonly Http2Connection _connection;
    private readonly Http2Output _output;
    private readonly StreamOutput _stream;
    private readonly Http2RequestBody _body;
    private readonly StreamDeadline _readDeadline;
    private readonly StreamDeadline _sendDeadline;
    private IClientWatcher? _watcher;
    private bool _sentContinue;
    private int _hasLeft;
    private long _received;
    private int _unflushed;

    public Http2Exchange(Http2Connection connection, int id, DeadlineWatch watch)
        : base(connection.Lists.Rent())
    {
        (_connection, _output) = (connection, connection.Output);
        _stream = _output.Open(id);
        _body = new Http2RequestBody(connection.Credit, id);
        (_readDeadline, _sendDeadline) = (new StreamDeadline(this, watch), new StreamDeadline(this, watch));
        Request = new Request { Fields = connection.Lists.Rent() };
    }

    /// <summary>The stream's number.</summary>
    public int Id => _stream.Id;

    /// <inheritdoc/>
    public override Request Request { get; }

    /// <summary>What the client sends behind the head.</summary>
    public Http2RequestBody Body => _body;

    /// <inheritdoc/>
    public override ClientConnection Client => _connection.Client;

    /// <summary>Whether the whole response was written.</summary>
    public bool HasEnded { get; private set; }

    /// <inheritdoc/>
    public override long ReceivedBytes => _received;

    /// <inheritdoc/>
    public override bool ClientHasLeft => Volatile.Read(ref _hasLeft) != 0;

    /// <inheritdoc/>
    public override FieldList? RequestTrailers => _body.IsAtEnd ? _body.Trailers : null;

    /// <summary>The client has reset the stream, or its connection has ended.</summary>
    public void Abandon()
    {
        Volatile.Write(ref _hasLeft, 1);
        _output.Close(_stream);
        _body.Fail(0);
        TellWatcher();
    }

    /// <summary>Resets the stream, so that nothing looks whole.</summary>
    public void Cut(int code)
    {
        // First, since who waits to send goes on when the stream is closed.
        Volatile.Write(ref _hasLeft, 1);
        _output.Reset(_stream, code);
        _output.Flush();
        Abandon();
    }

    /// <summary>Ends what concerns the stream.</summary>
    public void Close()
    {
        WatchClient(null);
        if (!HasEnded)
        {
            _output.Reset(_stream, ErrorCodes.InternalError);
            _output.Flush();
        }
        else if (!_body.IsEnded && !ClientHasLeft)
        {
            // The response is whole: nobody wants the rest of the request (RFC 9113, section 8.1).
            _output.Control.WriteNumber(FrameType.ResetStream, Id, ErrorCodes.NoError);
            _output.Flush();
        }

        _body.Close();
        _readDeadline.Remove();
        _sendDeadline.Remove();
        _connection.Lists.Return(Request.Fields);
        _connection.Lists.Return(Response.Fields);
    }

    /// <inheritdoc/>
    public override void WatchClient(IClientWatcher? watcher)
    {
        Volatile.Write(ref _watcher, watcher);
        if (watcher is not null && ClientHasLeft)
        {
            TellWatcher();
        }
    }

    /// <inheritdoc/>
    public override async ValueTask<ReadOnlyMemory<byte>> ReadBodyAsync()
    {
        if (Request.Framing == BodyFraming.None || _body.IsAtEnd)
        {
            return default;
        }

        ReadOnlyMemory<byte> piece = await ReceiveAsync(ClientTimeouts.Body);
        HasTakenBody |= !piece.IsEmpty;
        _received += piece.Length;
        return MaxBody > 0 && _received > MaxBody ? throw new BodyFaultException(413) : piece;
    }

    /// <summary>The next bytes of DATA frames; empty at the end.</summary>
    /// <exception cref="BodyFaultException">There is no whole body.</exception>
    public async ValueTask<ReadOnlyMemory<byte>> ReceiveAsync(TimeSpan longest)
    {
        ValueTask<ReadOnlyMemory<byte>> reading = _body.ReadAsync();
        if (reading.IsCompleted)
        {
            return await reading;
        }

        if (longest != Timeout.InfiniteTimeSpan)
        {
            _readDeadline.Start(longest);
        }

        try
        {
            return await reading;
        }
        finally
        {
            _readDeadline.Clear();
        }
    }

    /// <inheritdoc/>
    public override ValueTask SendInterimAsync(int status, FieldList fields)
    {
        if (status == 100 && (!Request.ExpectsContinue || _sentContinue))
        {
            return ValueTask.CompletedTask;
        }

        _sentContinue |= status == 100;
        return _output.WriteHead(_stream, status, fields, null, default) ? _output.FlushAsync() : ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public override async ValueTask AbortBodyReadAsync(Task reading)
    {
        _body.Fail(0);
        await reading;
    }

    /// <inheritdoc/>
    public override void Abort() => Cut(ErrorCodes.InternalError);

    /// <inheritdoc/>
    public override bool AcceptsUpgrade(FieldList response) => WebSocketKey.IsAccepted(Request.Fields, response);

    /// <inheritdoc/>
    public override async ValueTask<IDuplex> UpgradeAsync()
    {
        await FlushCoreAsync();
        return new Http2Duplex(this);
    }

    /// <summary>Sends a piece of the bytes behind an upgrade at once.</summary>
    public async ValueTask SendAsync(ReadOnlyMemory<byte> data)
    {
        await WriteDataAsync(data);
        await FlushCoreAsync();
    }

    /// <summary>Ends the bytes behind an upgrade.</summary>
    public ValueTask EndSendingAsync() => EndCoreAsync(null);

    /// <summary>Ends both directions behind an upgrade. A read that is under way ends, too.</summary>
    public void Leave()
    {
        if (HasEnded)
        {
            _body.Fail(0);
        }
        else
        {
            Cut(ErrorCodes.Cancel);
        }
    }

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

        _output.WriteHead(
            _stream,
            SentStatus,
            Response.Fields,
            Response.Status is 101 or 204 ? null : Response.Length,
            Response.Fields.IndexOf(FieldKind.Date) < 0 ? _connection.Date.Now : default
        );
    }

    /// <inheritdoc/>
    protected override ValueTask WriteCoreAsync(ReadOnlyMemory<byte> data)
    {
        if (!Response.HasBody || data.IsEmpty)
        {
            return ValueTask.CompletedTask;
        }

        SentBytes += data.Length;
        int taken = WriteData(data.Span);
        _unflushed += taken;
        return taken < data.Length ? WriteDataAsync(data[taken..])
            : _unflushed >= InputBuffer.LargeSize ? FlushCoreAsync()
            : ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    protected override ValueTask FlushCoreAsync()
    {
        _unflushed = 0;
        return ClientHasLeft ? throw new OperationCanceledException("the client has left") : _output.FlushAsync();
    }

    /// <inheritdoc/>
    protected override ValueTask EndCoreAsync(FieldList? trailers)
    {
        HasEnded = _output.End(_stream, trailers);
        _unflushed = 0;
        return ClientHasLeft ? throw new OperationCanceledException("the client has left") : _output.FlushEndAsync();
    }

    // A closed stream takes nothing for ever, whether or not it is known yet that the client has left.
    private int WriteData(ReadOnlySpan<byte> data) =>
        _output.WriteData(_stream, data) is >= 0 and var taken ? taken : throw new OperationCanceledException("the stream is closed");

    private async ValueTask WriteDataAsync(ReadOnlyMemory<byte> data)
    {
        while (true)
        {
            data = data[WriteData(data.Span)..];
            await FlushCoreAsync();
            if (data.IsEmpty)
            {
                return;
            }

            Task opened = _output.WaitForWindowAsync(_stream);
            if (!opened.IsCompleted)
            {
                _sendDeadline.Start(ClientTimeouts.Send);
                await opened;
                _sendDeadline.Clear();
            }
        }
    }

    private void TellWatcher() => Interlocked.Exchange(ref _watcher, null)?.ClientLeft();
}
