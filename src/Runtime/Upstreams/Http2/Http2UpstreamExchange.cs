using Confgen.Runtime.Hpack;
using Confgen.Runtime.Http2Frames;
using Confgen.Runtime.Messages;
using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Upstreams.Http2;

/// <summary>One stream of a connection to a server that speaks HTTP/2.</summary>
internal sealed class Http2UpstreamExchange(
    ServerState server,
    Http2UpstreamConnection connection,
    string scheme,
    bool isReused,
    DeadlineWatch watch
) : UpstreamExchange(server, watch), ISendStream
{
    private readonly Http2Response _response = new(connection.ReceiveWindow);
    private readonly AsyncSignal _readable = new();
    private readonly AsyncSignal _writable = new();
    private readonly OutputBuffer _block = new();
    private BodyFraming _framing;
    private FieldList? _requestTrailers;
    private FieldList _fields = new();
    private bool _isHeadSent;
    private bool _endsRequest;
    private bool _hasBody;
    private int _uncredited;

    /// <summary>The number of the stream; 0 before its head is sent.</summary>
    public int StreamId { get; set; }

    /// <inheritdoc/>
    public long SendWindow { get; set; }

    /// <summary>Whether the request was ended. The connection's lock guards it.</summary>
    public bool HasEndedSending { get; set; }

    /// <summary>Whether both sides have ended the stream.</summary>
    public bool IsComplete => HasEndedSending && _response.HasEnded;

    /// <inheritdoc/>
    public override bool HasUnsent => !_isHeadSent || base.HasUnsent;

    /// <inheritdoc/>
    public override int WriteSize => FrameHead.MaxPayload;

    /// <inheritdoc/>
    public override bool IsReused => isReused;

    /// <inheritdoc/>
    public override FieldList Fields => _fields;

    /// <inheritdoc/>
    public override bool HasBody => _hasBody;

    /// <inheritdoc/>
    public override bool HasBytes => _response.HasBytes;

    /// <inheritdoc/>
    public override FieldList? Trailers => _response.Trailers;

    /// <inheritdoc/>
    public override void BeginHead(string method, string target, string host)
    {
        _response.IsHead = method == "HEAD";
        Http2RequestWriter.WriteBegin(_block, method, scheme, host, target);
    }

    /// <inheritdoc/>
    public override void AddField(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value) =>
        HpackWriter.Write(_block, name, value, FieldKinds.Of(name) is FieldKind.Authorization or FieldKind.Cookie);

    /// <inheritdoc/>
    public override void AddField(ReadOnlySpan<byte> name, string value) => HpackWriter.Write(_block, name, value);

    /// <inheritdoc/>
    public override void EndHead(in RequestFraming framing)
    {
        _framing = framing.Body;
        Http2RequestWriter.WriteEnd(_block, framing);
    }

    /// <inheritdoc/>
    public override void AddBody(ReadOnlySpan<byte> piece) => Output.Write(piece);

    /// <inheritdoc/>
    public override void EndBody(FieldList? trailers) =>
        (_endsRequest, _requestTrailers) = (true, trailers is { Count: > 0 } ? trailers : null);

    /// <inheritdoc/>
    public override async ValueTask<bool> SendAsync(TimeSpan timeout)
    {
        if (!_isHeadSent)
        {
            _isHeadSent = true;
            bool endsStream = HasEndedSending = _framing == BodyFraming.None;
            UpstreamError? error = connection.SendHead(this, _block.Memory.Span, endsStream);
            _block.Release();
            if (error is not null)
            {
                Broken(error);
                return false;
            }
        }

        try
        {
            return _framing == BodyFraming.None || await SendBodyAsync(timeout);
        }
        finally
        {
            EndSending();
            Output.Clear();
        }
    }

    /// <inheritdoc/>
    public override void AbortRequest() => Break();

    /// <inheritdoc/>
    public override async ValueTask<UpstreamError?> ReadHeadAsync()
    {
        while (true)
        {
            if (_response.TryTakeHead(out Http2ResponseHead head))
            {
                (Status, _fields, Length, _hasBody) = (head.Status, head.Fields, head.Length, head.HasBody);
                return null;
            }

            if (Error is { } error)
            {
                return error;
            }

            await _readable.WaitAsync();
        }
    }

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> TakePiece(out BodyState state)
    {
        ReadOnlyMemory<byte> piece = _response.TakePiece(out bool isEnd, out int length);
        state =
            isEnd ? BodyState.End
            : piece.IsEmpty && Error is not null ? BodyState.Broken
            : BodyState.More;
        _uncredited += length;
        if (!isEnd && _uncredited >= connection.ReceiveWindow / 2)
        {
            _response.Credit(_uncredited);
            connection.Output.Credit(StreamId, _uncredited);
            _uncredited = 0;
        }

        return piece;
    }

    /// <inheritdoc/>
    public override byte[] LendPiece() => [];

    /// <inheritdoc/>
    public override void EndResponse()
    {
        // The end of the stream says so already.
    }

    /// <inheritdoc/>
    public override bool TryReturn() => false;

    /// <inheritdoc/>
    public override IDuplex? Upgrade() => null;

    /// <inheritdoc/>
    public override void Break()
    {
        Fail(UpstreamError.ClosedEarly);
        connection.End(this, ErrorCodes.Cancel);
        _readable.Set();
        _writable.Set();
    }

    /// <inheritdoc/>
    public override void Close()
    {
        base.Close();
        if (StreamId == 0 && !_isHeadSent)
        {
            connection.Withdraw();
        }

        connection.End(this, ErrorCodes.Cancel);
        _block.Release();
        _response.Release();
    }

    /// <inheritdoc/>
    public override void ClientLeft()
    {
        IsAbandoned = true;
        Break();
    }

    /// <summary>A head, or trailers.</summary>
    public void TakeFields(FieldList fields, bool isTooLarge, bool endsStream) =>
        Take(isTooLarge ? "its head is too long" : _response.TakeFields(fields, endsStream));

    /// <summary>A piece of the body.</summary>
    /// <param name="data">The bytes.</param>
    /// <param name="length">What counts against the window, padding included.</param>
    /// <param name="endsStream">Whether it is the last one.</param>
    public void TakeData(ReadOnlySpan<byte> data, int length, bool endsStream) => Take(_response.TakeData(data, length, endsStream));

    /// <summary>The server has ended the stream.</summary>
    public void TakeReset(int code) =>
        Broken(
            code == ErrorCodes.RefusedStream
                ? UpstreamError.NotProcessed
                : (_response.HasHead ? UpstreamError.BodyCut : UpstreamError.ClosedEarly) with
                {
                    Detail = $"it reset the stream with code {code}",
                }
        );

    /// <summary>The server takes more.</summary>
    public void Widened() => _writable.Set();

    /// <summary>Nothing more comes.</summary>
    public void Broken(UpstreamError why)
    {
        Fail(_response.HasHead && why.Is(UpstreamError.ClosedEarly) ? UpstreamError.BodyCut : why);
        connection.End(this, ErrorCodes.Cancel);
        _readable.Set();
        _writable.Set();
    }

    /// <inheritdoc/>
    protected override async ValueTask<BodyState> ReceiveAsync()
    {
        while (true)
        {
            if (_response.HasBytes || _response.HasEnded)
            {
                return BodyState.More;
            }

            if (Error is not null)
            {
                return BodyState.Broken;
            }

            await _readable.WaitAsync();
        }
    }

    private async ValueTask<bool> SendBodyAsync(TimeSpan timeout)
    {
        bool endsStream = _endsRequest && _requestTrailers is null;
        for (int sent = 0; sent < Output.Length || (endsStream && !HasEndedSending); )
        {
            int count = connection.Output.SendData(this, Output.Memory.Span[sent..], endsStream);
            if (count < 0)
            {
                return false;
            }

            sent += count;
            if (sent < Output.Length || (endsStream && !HasEndedSending))
            {
                if (count > 0 || sent == 0)
                {
                    AwaitSending(timeout);
                }

                await _writable.WaitAsync();
            }
        }

        if (_endsRequest && _requestTrailers is { } trailers)
        {
            Http2RequestWriter.WriteTrailers(_block, trailers);
            connection.Output.SendTrailers(this, _block.Memory.Span);
            _block.Release();
        }

        return true;
    }

    private void Take(string? fault)
    {
        if (fault is not null)
        {
            Broken((_response.HasHead ? UpstreamError.BodyCut : UpstreamError.Malformed) with { Detail = fault });
            return;
        }

        if (IsComplete)
        {
            connection.End(this, ErrorCodes.Cancel);
        }

        _readable.Set();
    }
}
