using Confgen.Runtime.Exchanges;
using Confgen.Runtime.Hpack;
using Confgen.Runtime.Http1;
using Confgen.Runtime.Http3.Qpack;
using Confgen.Runtime.Http3.Quic;
using Confgen.Runtime.Messages;
using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Http3;

/// <summary>One request of an HTTP/3 connection: a stream of its own.</summary>
internal sealed class Http3Exchange : Exchange
{
    // The end of the stream comes with the head of a request without body, or right behind it.
    private static readonly TimeSpan _longestPeek = TimeSpan.FromMilliseconds(100);

    private readonly Http3Connection _connection;
    private readonly IQuicStream _stream;
    private readonly DeadlineWatch _watch;
    private readonly StreamInput _input;
    private readonly FrameReader _frames;
    private readonly Http3RequestBody _body;
    private readonly OutputBuffer _output = new();
    private readonly StreamDeadline _readDeadline;
    private readonly StreamDeadline _sendDeadline;
    private readonly Lock _heads = new();
    private Task _interim = Task.CompletedTask;
    private IClientWatcher? _watcher;
    private bool _isWatching;
    private bool _sentContinue;
    private bool _isCut;
    private bool _isWithheld;
    private long _received;

    public Http3Exchange(Http3Connection connection, IQuicStream stream, DeadlineWatch watch)
    {
        (_connection, _stream, _watch) = (connection, stream, watch);
        _input = new StreamInput(stream);
        _frames = new FrameReader(_input);
        _body = new Http3RequestBody(_frames, connection.HardHeadLimit);
        (_readDeadline, _sendDeadline) = (new StreamDeadline(stream, watch), new StreamDeadline(stream, watch));
        Request = new Request { Fields = new FieldList() };
    }

    /// <inheritdoc/>
    public override Request Request { get; }

    /// <inheritdoc/>
    public override ClientConnection Client => _connection.Client;

    /// <summary>Whether the client broke a rule in the body, for which its stream was ended.</summary>
    public bool HasBrokenBody { get; private set; }

    /// <summary>Whether the whole answer was sent.</summary>
    public bool HasEnded { get; private set; }

    /// <inheritdoc/>
    public override long ReceivedBytes => _received;

    /// <inheritdoc/>
    public override bool ClientHasLeft => !HasEnded && _stream.Abandoned.IsCompleted;

    /// <inheritdoc/>
    public override FieldList? RequestTrailers => _body.Trailers;

    /// <summary>Reads the head. 0, the status of the refusal, or null where there is nobody to be answered.</summary>
    /// <exception cref="ConnectionFaultException">The stream doesn't begin with a head.</exception>
    public async ValueTask<int?> ReadHeadAsync()
    {
        _readDeadline.Start(ClientTimeouts.Head);
        try
        {
            if (!await _frames.NextAsync())
            {
                Cut(ErrorCodes.RequestIncomplete);
                return null;
            }

            if (_frames.Type != FrameTypes.Headers)
            {
                throw new ConnectionFaultException(ErrorCodes.FrameUnexpected);
            }

            return await TakeHeadAsync();
        }
        catch (BodyFaultException e)
        {
            return e.Status;
        }
        catch (Exception e) when (InputBuffer.IsTransportFault(e))
        {
            return null;
        }
        finally
        {
            _readDeadline.Clear();
        }
    }

    /// <summary>Ends the stream when everything was delivered.</summary>
    public async ValueTask CloseAsync()
    {
        WatchClient(null);
        if (!HasEnded)
        {
            Cut(ErrorCodes.InternalError);
        }
        else if (!_isCut && !(_input.HasEnded && _input.Available.IsEmpty))
        {
            // The answer is whole: nobody wants the rest of the request (RFC 9114, section 4.1).
            _stream.StopReading(ErrorCodes.NoError);
        }

        _readDeadline.Remove();
        _output.Release();
        _sendDeadline.Start(2 * ClientTimeouts.Send);
        await _stream.Delivered.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _sendDeadline.Remove();
        await _input.ReleaseAsync();
        await _stream.DisposeAsync();
    }

    /// <inheritdoc/>
    public override void WatchClient(IClientWatcher? watcher)
    {
        Volatile.Write(ref _watcher, watcher);
        if (watcher is not null && !_isWatching)
        {
            _isWatching = true;
            _ = TellWhenAbandonedAsync();
        }
        else if (watcher is not null && ClientHasLeft)
        {
            TellThatAbandoned();
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
        try
        {
            ValueTask<ReadOnlyMemory<byte>> reading = _body.ReadAsync();
            if (!reading.IsCompleted)
            {
                _readDeadline.Start(longest);
            }

            return await reading;
        }
        catch (BodyFaultException)
        {
            HasBrokenBody = true;
            throw;
        }
        catch (ConnectionFaultException e)
        {
            _connection.Fail(e.Code);
            throw new BodyFaultException(0);
        }
        catch (Exception e) when (InputBuffer.IsTransportFault(e))
        {
            throw new BodyFaultException(0);
        }
        finally
        {
            _readDeadline.Clear();
        }
    }

    /// <inheritdoc/>
    public override ValueTask SendInterimAsync(int status, FieldList fields)
    {
        // Who passes the body on asks for it, while another may begin the answer.
        lock (_heads)
        {
            if (SentStatus != 0 || (status == 100 && (!Request.ExpectsContinue || _sentContinue)))
            {
                return ValueTask.CompletedTask;
            }

            _sentContinue |= status == 100;
            if (!Fits(status, fields, null))
            {
                return ValueTask.CompletedTask;
            }

            var frame = new OutputBuffer();
            WriteHead(frame, status, fields, null);
            return new ValueTask(_interim = SendInterimAsync(_interim, frame));
        }
    }

    /// <inheritdoc/>
    public override async ValueTask AbortBodyReadAsync(Task reading)
    {
        _stream.StopReading(ErrorCodes.NoError);
        await reading;
    }

    /// <inheritdoc/>
    public override void Abort() => Cut(ErrorCodes.InternalError);

    /// <summary>Cuts both directions, so that nothing looks whole.</summary>
    public void Cut(long code)
    {
        if (!HasEnded)
        {
            _isCut = true;
            _stream.Reset(code);
            _stream.StopReading(code);
        }
    }

    /// <inheritdoc/>
    public override bool AcceptsUpgrade(FieldList response) => WebSocketKey.IsAccepted(Request.Fields, response);

    /// <inheritdoc/>
    public override async ValueTask<IDuplex> UpgradeAsync()
    {
        _body.IsTunnel = true;
        await FlushCoreAsync();
        return _isWithheld ? throw new IOException("the client doesn't take the answer") : new Http3Duplex(this);
    }

    /// <summary>Sends a piece of the bytes behind an upgrade at once.</summary>
    public ValueTask SendAsync(ReadOnlyMemory<byte> data)
    {
        WriteData(data.Span);
        return FlushCoreAsync();
    }

    /// <summary>Ends the bytes behind an upgrade.</summary>
    public ValueTask EndSendingAsync() => EndCoreAsync(null);

    /// <summary>Ends both directions behind an upgrade. A read that is under way ends, too.</summary>
    public void Leave()
    {
        if (HasEnded)
        {
            _stream.StopReading(ErrorCodes.NoError);
        }
        else
        {
            Cut(ErrorCodes.RequestCancelled);
        }
    }

    /// <inheritdoc/>
    protected override void BeginCore()
    {
        if (Response.Status == 101)
        {
            // The key was the proxy's own, and success has another number here (RFC 9220, section 3).
            SentStatus = 200;
            Response.Fields.Remove(WebSocketKey.AcceptName);
        }
        else if (Request.IsWebSocket && Response.Status is >= 200 and < 300)
        {
            // The client would take it for a WebSocket.
            SentStatus = 502;
        }

        long? length = Response.Status is 101 or 204 ? null : Response.Length;
        if (!Fits(SentStatus, Response.Fields, length))
        {
            // It would be refused, by some clients together with the connection and so with all that others wait for (RFC 9114, section 4.2.2).
            (SentStatus, _isWithheld, length) = (502, true, 0);
            Response.Fields.Clear();
        }

        lock (_heads)
        {
            WriteHead(_output, SentStatus, Response.Fields, length);
        }
    }

    /// <inheritdoc/>
    protected override ValueTask WriteCoreAsync(ReadOnlyMemory<byte> data)
    {
        if (_isWithheld)
        {
            return EndWithheldAsync();
        }

        if (Response.HasBody && !data.IsEmpty)
        {
            SentBytes += data.Length;
            WriteData(data.Span);
        }

        return _output.Length >= InputBuffer.LargeSize ? FlushCoreAsync() : ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    protected override ValueTask FlushCoreAsync() =>
        _isWithheld ? EndWithheldAsync() : _output.Length == 0 ? ValueTask.CompletedTask : WriteAsync(ends: false);

    /// <inheritdoc/>
    protected override async ValueTask EndCoreAsync(FieldList? trailers)
    {
        if (_isWithheld)
        {
            await EndWithheldAsync();
            return;
        }

        if (trailers is { Count: > 0 } && FieldSectionSize.Of(trailers) <= _connection.PeerSettings.MaxFieldSectionSize)
        {
            var section = new OutputBuffer();
            FieldSectionWriter.WriteNoStatus(section);
            FieldSectionWriter.WriteFields(section, trailers);
            WriteHeaders(_output, section);
        }

        await WriteAsync(ends: true);
        HasEnded = true;
    }

    private async ValueTask<int> TakeHeadAsync()
    {
        // 1. The fields.
        if (_frames.Left > _connection.HardHeadLimit)
        {
            return 431;
        }

        ReadOnlyMemory<byte> section = await _frames.TakeAllAsync();
        switch (FieldSectionReader.Read(section.Span, Request.Fields, _connection.HardHeadLimit))
        {
            case SectionResult.Malformed:
                throw new ConnectionFaultException(ErrorCodes.DecompressionFailed);
            case SectionResult.TooLarge:
                return 431;
            default:
                break;
        }

        // 2. What they mean.
        int refusal = StreamRequestHead.Read(Request, "HTTP/3.0", _connection.LastAuthority);
        if (refusal != 0 || Request.IsWebSocket)
        {
            return refusal;
        }

        _connection.LastAuthority = Request.Authority;

        // 3. Whether a body follows, which no head tells here: the stream's end does.
        if (Request.Framing == BodyFraming.Chunked)
        {
            bool usuallyEnds = Request.Method is not ("POST" or "PUT" or "PATCH") && !Request.ExpectsContinue;
            await _input.PeekAsync(usuallyEnds ? _longestPeek : TimeSpan.Zero, _watch.Time);
            if (_input.HasEnded && _input.Available.IsEmpty)
            {
                (Request.Framing, Request.ExpectsContinue) = (BodyFraming.None, false);
            }

            return 0;
        }

        // 4. A body that the head denies would be a request of its own to somebody.
        _body.Length = Request.Length;
        return Request.Framing == BodyFraming.None && !(await _body.ReadAsync()).IsEmpty ? 400 : 0;
    }

    // Ends the answer that takes the place of one that the client doesn't take, of which nobody needs the rest.
    private async ValueTask EndWithheldAsync()
    {
        if (!HasEnded)
        {
            await WriteAsync(ends: true);
            HasEnded = true;
            TellThatAbandoned();
        }
    }

    // Whether the client takes the head: with what it is written with beside its fields.
    private bool Fits(int status, FieldList fields, long? length)
    {
        long most = _connection.PeerSettings.MaxFieldSectionSize;
        if (most == VariableInteger.Most)
        {
            return true;
        }

        Span<byte> digits = stackalloc byte[20];
        return FieldSectionSize.Of(fields)
            + FieldSectionSize.Of(":status"u8, "200"u8)
            + (length is { } counted && counted.TryFormat(digits, out int count) ? FieldSectionSize.Of("content-length"u8, digits[..count]) : 0)
            + (IsDated(status, fields) ? FieldSectionSize.Of("date"u8, _connection.Date.Now) : 0) <= most;
    }

    private static bool IsDated(int status, FieldList fields) => status >= 200 && fields.IndexOf(FieldKind.Date) < 0;

    private void WriteHead(OutputBuffer output, int status, FieldList fields, long? length)
    {
        var section = new OutputBuffer();
        FieldSectionWriter.WriteStatus(section, status);
        FieldSectionWriter.WriteFields(section, fields);
        if (length is { } counted)
        {
            Span<byte> digits = stackalloc byte[20];
            counted.TryFormat(digits, out int count, provider: System.Globalization.CultureInfo.InvariantCulture);
            FieldSectionWriter.WriteField(section, "content-length"u8, digits[..count]);
        }

        if (IsDated(status, fields))
        {
            FieldSectionWriter.WriteField(section, "date"u8, _connection.Date.Now);
        }

        WriteHeaders(output, section);
    }

    private static void WriteHeaders(OutputBuffer output, OutputBuffer section)
    {
        VariableInteger.Write(output, FrameTypes.Headers);
        VariableInteger.Write(output, section.Length);
        output.Write(section.Memory.Span);
        section.Release();
    }

    private void WriteData(ReadOnlySpan<byte> data)
    {
        VariableInteger.Write(_output, FrameTypes.Data);
        VariableInteger.Write(_output, data.Length);
        _output.Write(data);
    }

    private async Task SendInterimAsync(Task before, OutputBuffer frame)
    {
        await before;
        await WriteAsync(frame.Memory, ends: false);
        frame.Release();
    }

    private async ValueTask WriteAsync(bool ends)
    {
        try
        {
            await _interim;
            await WriteAsync(_output.Memory, ends);
        }
        finally
        {
            _output.Clear();
        }
    }

    private async ValueTask WriteAsync(ReadOnlyMemory<byte> data, bool ends)
    {
        ValueTask sending = _stream.WriteAsync(data, ends);
        if (!sending.IsCompleted)
        {
            _sendDeadline.Start(ClientTimeouts.Send);
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

    private async Task TellWhenAbandonedAsync()
    {
        await _stream.Abandoned;
        if (!HasEnded)
        {
            TellThatAbandoned();
        }
    }

    private void TellThatAbandoned() => Interlocked.Exchange(ref _watcher, null)?.ClientLeft();
}
