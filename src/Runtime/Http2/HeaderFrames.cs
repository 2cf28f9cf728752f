using Confgen.Runtime.Hpack;
using Confgen.Runtime.Http2Frames;
using Confgen.Runtime.Messages;

namespace Confgen.Runtime.Http2;

/// <summary>
/// Reads the heads and trailers of requests: HEADERS frames, and the CONTINUATION frames behind them (RFC 9113, sections 6.2 and 6.10).
/// </summary>
internal sealed class HeaderFrames(Http2Connection connection)
{
    private readonly HpackReader _hpack = new();
    private readonly FieldBlock _block = new(connection.HardHeadLimit);
    private string _lastAuthority = "";

    /// <summary>The last stream that was begun (RFC 9113, section 6.8).</summary>
    public int LastStream { get; private set; }

    /// <summary>Bytes of the blocks that began a request.</summary>
    public long Useful { get; private set; }

    /// <summary>Whether a block has begun whose end isn't here yet.</summary>
    public bool IsInBlock => _block.IsOpen;

    /// <summary>Takes a HEADERS frame. 0, or the error code for which the connection ends.</summary>
    public int OnHeaders(FrameHead head, ReadOnlySpan<byte> payload)
    {
        if (head.Stream % 2 == 0)
        {
            return ErrorCodes.ProtocolError;
        }

        int code = _block.Begin(head, payload, out ReadOnlySpan<byte> block);
        if (code == 0 && _block.IsOpen)
        {
            connection.AwaitHead(isAwaited: true);
            return 0;
        }

        return code != 0 ? code : OnHead(block);
    }

    /// <summary>Takes a CONTINUATION frame. 0, or the error code for which the connection ends.</summary>
    public int OnContinuation(FrameHead head, ReadOnlySpan<byte> payload)
    {
        int code = _block.Continue(head, payload, out ReadOnlySpan<byte> block);
        if (code != 0 || _block.IsOpen)
        {
            return code;
        }

        connection.AwaitHead(isAwaited: false);
        code = OnHead(block);
        _block.Release();
        return code;
    }

    private int OnHead(ReadOnlySpan<byte> block)
    {
        (int id, bool ends) = (_block.Stream, _block.EndsStream);
        if (id <= LastStream)
        {
            return OnTrailers(connection.Find(id), block, ends);
        }

        LastStream = id;
        var exchange = new Http2Exchange(connection, id, connection.Watch);
        SectionResult read = _hpack.Read(block, exchange.Request.Fields, connection.HardHeadLimit);
        if (read == SectionResult.Malformed)
        {
            return ErrorCodes.CompressionError;
        }

        Useful += block.Length;
        if (!connection.TryBegin(exchange))
        {
            exchange.Cut(ErrorCodes.RefusedStream);
            connection.AddVain();
            return 0;
        }

        int refusal = read == SectionResult.TooLarge ? 431 : StreamRequestHead.Read(exchange.Request, "HTTP/2.0", _lastAuthority);
        if (refusal == 0)
        {
            _lastAuthority = exchange.Request.Authority;
        }

        if (ends)
        {
            refusal = refusal == 0 && exchange.Request.Framing == BodyFraming.Counted ? 400 : refusal;
            (exchange.Request.Framing, exchange.Request.ExpectsContinue) = (BodyFraming.None, false);
            exchange.Body.End(null);
        }
        else if (exchange.Request.Framing != BodyFraming.Chunked && !exchange.Request.IsWebSocket)
        {
            exchange.Body.Length = exchange.Request.Length;
        }

        _ = connection.ServeAsync(exchange, refusal);
        return 0;
    }

    private int OnTrailers(Http2Exchange? exchange, ReadOnlySpan<byte> block, bool ends)
    {
        // Read in any case: the next block depends on it.
        var trailers = new FieldList();
        SectionResult read = _hpack.Read(block, trailers, connection.HardHeadLimit);
        if (read == SectionResult.Malformed)
        {
            return ErrorCodes.CompressionError;
        }

        if (exchange is null || exchange.Body.IsEnded)
        {
            FrameHandler.Refuse(connection, exchange, ErrorCodes.StreamClosed);
            return 0;
        }

        // Pseudo-header fields must not stand here, either (RFC 9113, section 8.1): their names are no tokens.
        bool isValid = ends && read == SectionResult.Complete && !exchange.Request.IsWebSocket;
        for (int i = 0; i < trailers.Count && isValid; i++)
        {
            isValid = StreamRequestHead.IsField(trailers, i);
        }

        FrameHandler.Refuse(connection, exchange, isValid ? exchange.Body.End(trailers) : ErrorCodes.ProtocolError);
        return 0;
    }
}
