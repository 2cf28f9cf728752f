using Confgen.Runtime.Exchanges;
using Confgen.Runtime.Hpack;
using Confgen.Runtime.Http1;
using Confgen.Runtime.Http3.Qpack;
using Confgen.Runtime.Http3.Quic;
using Confgen.Runtime.Messages;
using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Http3;

/// <summary>What a client sends on a stream of HTTP/3: a head, then the body.</summary>
internal sealed class Http3RequestReader
{
    // The end of the stream comes with the head of a request without body, or right behind it.
    private static readonly TimeSpan _longestPeek = TimeSpan.FromMilliseconds(100);

    private readonly Http3Connection _connection;
    private readonly DeadlineWatch _watch;
    private readonly StreamInput _input;
    private readonly FrameReader _frames;
    private readonly StreamDeadline _deadline;

    public Http3RequestReader(Http3Connection connection, IQuicStream stream, DeadlineWatch watch)
    {
        (_connection, _watch, _input, _deadline) = (connection, watch, new StreamInput(stream), new StreamDeadline(stream, watch));
        _frames = new FrameReader(_input);
        Body = new Http3RequestBody(_frames, connection.HardHeadLimit);
    }

    /// <summary>The body.</summary>
    public Http3RequestBody Body { get; }

    /// <summary>Whether everything was read that the client will ever send.</summary>
    public bool HasEnded => _input.HasEnded && _input.Available.IsEmpty;

    /// <summary>Reads the head. 0, the status of the refusal, or null where there is no head.</summary>
    /// <exception cref="ConnectionFaultException">The stream doesn't begin with a head.</exception>
    /// <exception cref="BodyFaultException">The body that the head denies can't be read.</exception>
    public async ValueTask<int?> ReadHeadAsync(Request request)
    {
        _deadline.Start(ClientTimeouts.Head);
        try
        {
            return !await _frames.NextAsync() ? null
                : _frames.Type == FrameTypes.Headers ? await TakeHeadAsync(request)
                : throw new ConnectionFaultException(ErrorCodes.FrameUnexpected);
        }
        finally
        {
            _deadline.Clear();
        }
    }

    /// <summary>The next piece of the body; empty at the end.</summary>
    /// <exception cref="ConnectionFaultException">The client broke a rule of the connection.</exception>
    /// <exception cref="BodyFaultException">There is no whole body.</exception>
    public async ValueTask<ReadOnlyMemory<byte>> ReadBodyAsync(TimeSpan longest)
    {
        try
        {
            ValueTask<ReadOnlyMemory<byte>> reading = Body.ReadAsync();
            if (!reading.IsCompleted)
            {
                _deadline.Start(longest);
            }

            return await reading;
        }
        finally
        {
            _deadline.Clear();
        }
    }

    /// <summary>Nobody waits for the client any more.</summary>
    public void Stop() => _deadline.Remove();

    /// <summary>Gives the buffers back.</summary>
    public ValueTask ReleaseAsync() => _input.ReleaseAsync();

    private async ValueTask<int> TakeHeadAsync(Request request)
    {
        // 1. The fields.
        if (_frames.Left > _connection.HardHeadLimit)
        {
            return 431;
        }

        ReadOnlyMemory<byte> section = await _frames.TakeAllAsync();
        switch (FieldSectionReader.Read(section.Span, request.Fields, _connection.HardHeadLimit))
        {
            case SectionResult.Malformed:
                throw new ConnectionFaultException(ErrorCodes.DecompressionFailed);
            case SectionResult.TooLarge:
                return 431;
            default:
                break;
        }

        // 2. What they mean.
        int refusal = StreamRequestHead.Read(request, "HTTP/3.0", _connection.LastAuthority);
        if (refusal != 0 || request.IsWebSocket)
        {
            return refusal;
        }

        _connection.LastAuthority = request.Authority;

        // 3. Whether a body follows, which no head tells here: the stream's end does.
        if (request.Framing == BodyFraming.Chunked)
        {
            bool usuallyEnds = request.Method is not ("POST" or "PUT" or "PATCH") && !request.ExpectsContinue;
            await _input.PeekAsync(usuallyEnds ? _longestPeek : TimeSpan.Zero, _watch.Time);
            if (HasEnded)
            {
                (request.Framing, request.ExpectsContinue) = (BodyFraming.None, false);
            }

            return 0;
        }

        // 4. A body that the head denies would be a request of its own to somebody.
        Body.Length = request.Length;
        return request.Framing == BodyFraming.None && !(await Body.ReadAsync()).IsEmpty ? 400 : 0;
    }
}
