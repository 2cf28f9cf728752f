using Confgen.Runtime.Exchanges;
using Confgen.Runtime.Http1;
using Confgen.Runtime.Http3.Quic;
using Confgen.Runtime.Messages;
using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Http3;

/// <summary>One request of an HTTP/3 connection: a stream of its own.</summary>
internal sealed class Http3Exchange : Exchange
{
    private readonly Http3Connection _connection;
    private readonly IQuicStream _stream;
    private readonly Http3RequestReader _input;
    private readonly Http3Output _output;
    private readonly Lock _heads = new();
    private IClientWatcher? _watcher;
    private bool _isWatching;
    private bool _sentContinue;
    private bool _isCut;
    private bool _isWithheld;
    private long _received;

    public Http3Exchange(Http3Connection connection, IQuicStream stream, DeadlineWatch watch)
    {
        (_connection, _stream) = (connection, stream);
        _input = new Http3RequestReader(connection, stream, watch);
        _output = new Http3Output(stream, connection.PeerSettings, connection.Date, watch);
        Request = new Request { Fields = new FieldList() };
    }

    /// <inheritdoc/>
    public override Request Request { get; }

    /// <inheritdoc/>
    public override ClientConnection Client => _connection.Client;

    /// <summary>Whether the client broke a rule in the body, for which its stream was ended.</summary>
    public bool HasBrokenBody { get; private set; }

    /// <summary>Whether the whole response was sent.</summary>
    public bool HasEnded { get; private set; }

    /// <inheritdoc/>
    public override long ReceivedBytes => _received;

    /// <inheritdoc/>
    public override bool ClientHasLeft => !HasEnded && _stream.Abandoned.IsCompleted;

    /// <inheritdoc/>
    public override FieldList? RequestTrailers => _input.Body.Trailers;

    /// <summary>Reads the head. 0, the status of the refusal, or null where there is nobody to be answered.</summary>
    /// <exception cref="ConnectionFaultException">The stream doesn't begin with a head.</exception>
    public async ValueTask<int?> ReadHeadAsync()
    {
        try
        {
            int? refusal = await _input.ReadHeadAsync(Request);
            if (refusal is null)
            {
                Cut(ErrorCodes.RequestIncomplete);
            }

            return refusal;
        }
        catch (Exception e) when (e is BodyFaultException || InputBuffer.IsTransportFault(e))
        {
            return (e as BodyFaultException)?.Status;
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
        else if (!_isCut && !_input.HasEnded)
        {
            // The response is whole: nobody wants the rest of the request (RFC 9114, section 4.1).
            _stream.StopReading(ErrorCodes.NoError);
        }

        _input.Stop();
        await _output.EndAsync();
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
        if (Request.Framing == BodyFraming.None || _input.Body.IsAtEnd)
        {
            return default;
        }

        ReadOnlyMemory<byte> piece = await ReceiveAsync(ClientTimeouts.Body);
        HasTakenBody |= !piece.IsEmpty;
        _received += piece.Length;
        return MaxBody > 0 && _received > MaxBody ? throw new BodyFaultException(413) : piece;
    }

    /// <inheritdoc cref="Http3RequestReader.ReadBodyAsync"/>
    public async ValueTask<ReadOnlyMemory<byte>> ReceiveAsync(TimeSpan longest)
    {
        try
        {
            return await _input.ReadBodyAsync(longest);
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
    }

    /// <inheritdoc/>
    public override ValueTask SendInterimAsync(int status, FieldList fields)
    {
        // Who passes the body on asks for it, while another may begin the response.
        lock (_heads)
        {
            if (SentStatus != 0 || (status == 100 && (!Request.ExpectsContinue || _sentContinue)))
            {
                return ValueTask.CompletedTask;
            }

            _sentContinue |= status == 100;
            return _output.Takes(status, fields, null) ? _output.SendInterimAsync(status, fields) : ValueTask.CompletedTask;
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
        _input.Body.IsTunnel = true;
        await FlushCoreAsync();
        return _isWithheld ? throw new IOException("the client doesn't take the response") : new Http3Duplex(this);
    }

    /// <summary>Sends a piece of the bytes behind an upgrade at once.</summary>
    public ValueTask SendAsync(ReadOnlyMemory<byte> data)
    {
        _output.WriteData(data.Span);
        return FlushCoreAsync();
    }

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
        if (!_output.Takes(SentStatus, Response.Fields, length))
        {
            // Some clients end the connection over it, and so what others wait for (RFC 9114, section 4.2.2).
            (SentStatus, _isWithheld, length) = (502, true, 0);
            Response.Fields.Clear();
        }

        lock (_heads)
        {
            _output.WriteHead(SentStatus, Response.Fields, length);
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
            _output.WriteData(data.Span);
        }

        return _output.Length >= InputBuffer.LargeSize ? FlushCoreAsync() : ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    protected override ValueTask FlushCoreAsync() =>
        _isWithheld ? EndWithheldAsync()
        : _output.Length == 0 ? ValueTask.CompletedTask
        : _output.SendAsync(ends: false);

    /// <inheritdoc/>
    protected override async ValueTask EndCoreAsync(FieldList? trailers)
    {
        if (_isWithheld)
        {
            await EndWithheldAsync();
            return;
        }

        _output.WriteTrailers(trailers);
        await _output.SendAsync(ends: true);
        HasEnded = true;
    }

    // Ends the response that takes the place of one that the client doesn't take, of which nobody needs the rest.
    private async ValueTask EndWithheldAsync()
    {
        if (!HasEnded)
        {
            await _output.SendAsync(ends: true);
            HasEnded = true;
            TellThatAbandoned();
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
