using System.Buffers.Binary;
using Confgen.Runtime.Hpack;
using Confgen.Runtime.Http2Frames;
using Confgen.Runtime.Messages;
using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Upstreams.Http2;

/// <summary>Reads what a server of HTTP/2 sends, frame by frame, and hands each to its stream.</summary>
internal sealed class Http2FrameReader(Http2UpstreamConnection owner, Connection connection)
{
    /// <summary>The longest head or trailers, counted as lines of HTTP/1.1; as for servers that speak that.</summary>
    public const int LongestHead = 128 * 1024;

    // The connection's own window holds back nobody: each stream has one. It is as large as can be, and widened when half of it is used.
    private const int ConnectionCredit = 1 << 30;

    private readonly InputBuffer _input = new(connection);
    private readonly HpackReader _hpack = new();
    private readonly FieldBlock _block = new(LongestHead);
    private bool _hasSettings;
    private long _received;
    private string? _fault;

    /// <summary>Reads to the end of the connection, and says why it ended.</summary>
    public async Task<UpstreamError> RunAsync()
    {
        try
        {
            while (_fault is null && await _input.FillAsync())
            {
                while (_fault is null && TryFrame()) { }

                owner.Output.Flush();
            }
        }
        catch (Exception e) when (InputBuffer.IsTransportFault(e))
        {
            // It broke.
        }

        _input.Release();
        _block.Release();
        return _fault is null ? UpstreamError.ClosedEarly : UpstreamError.Malformed with { Detail = _fault };
    }

    private bool TryFrame()
    {
        ReadOnlySpan<byte> bytes = _input.Span;
        FrameResult result = FrameHead.Take(ref bytes, out FrameHead head, out ReadOnlySpan<byte> payload);
        if (result == FrameResult.Partial)
        {
            return false;
        }

        if (result == FrameResult.TooLarge || (!_hasSettings && head.Type != FrameType.Settings))
        {
            _fault = _hasSettings ? "a frame is larger than allowed" : "the server doesn't speak HTTP/2";
            return false;
        }

        Take(head, payload);
        _input.Consume(FrameHead.Size + payload.Length);
        return true;
    }

    private void Take(FrameHead head, ReadOnlySpan<byte> payload)
    {
        if (_block.IsOpen != (head.Type == FrameType.Continuation))
        {
            _fault = "a header block is interrupted";
            return;
        }

        switch (head.Type)
        {
            case FrameType.Data:
                TakeData(head, payload);
                break;
            case FrameType.Headers:
                TakeHeaders(head, payload);
                break;
            case FrameType.Continuation:
                TakeContinuation(head, payload);
                break;
            case FrameType.ResetStream when payload.Length == 4:
                TakeReset(head.Stream, BinaryPrimitives.ReadInt32BigEndian(payload));
                break;
            case FrameType.Settings when head.Stream == 0:
                TakeSettings(head, payload);
                break;
            case FrameType.Ping when payload.Length == 8 && head.Stream == 0:
                bool isTaken = head.Has(FrameFlags.Ack) || owner.Output.SendControl(FrameType.Ping, FrameFlags.Ack, payload);
                _fault = isTaken ? null : "it pings without reading";
                break;
            case FrameType.GoAway when payload.Length >= 8 && head.Stream == 0:
                owner.GoAway(BinaryPrimitives.ReadInt32BigEndian(payload) & int.MaxValue);
                break;
            case FrameType.WindowUpdate when payload.Length == 4:
                int more = BinaryPrimitives.ReadInt32BigEndian(payload) & int.MaxValue;
                _fault = more == 0 || !owner.Output.Widen(head.Stream, more) ? "a flow-control window is wrong" : null;
                break;
            case FrameType.ResetStream
            or FrameType.Settings
            or FrameType.Ping
            or FrameType.GoAway
            or FrameType.WindowUpdate
            or FrameType.PushPromise:
                _fault = $"a {head.Type} frame is malformed or has no place here";
                break;
            default:
                // PRIORITY, and types that nobody knows yet (RFC 9113, section 5.5).
                break;
        }
    }

    private void TakeData(FrameHead head, ReadOnlySpan<byte> payload)
    {
        int length = payload.Length;
        if (!head.TryUnpad(ref payload) || !owner.TryStream(head.Stream, out Http2UpstreamExchange? exchange))
        {
            _fault = "a DATA frame is malformed";
            return;
        }

        _received += length;
        if (_received >= ConnectionCredit)
        {
            int credit = (int)_received;
            _received = 0;
            owner.Output.CreditConnection(credit);
        }

        exchange?.TakeData(payload, length, head.Has(FrameFlags.EndStream));
    }

    private void TakeHeaders(FrameHead head, ReadOnlySpan<byte> payload)
    {
        if (!owner.TryStream(head.Stream, out _) || _block.Begin(head, payload, out ReadOnlySpan<byte> block) != 0)
        {
            _fault = "a HEADERS frame is malformed";
        }
        else if (!_block.IsOpen)
        {
            Decode(block);
        }
    }

    private void TakeContinuation(FrameHead head, ReadOnlySpan<byte> payload)
    {
        if ((payload.IsEmpty && !head.Has(FrameFlags.EndHeaders)) || _block.Continue(head, payload, out ReadOnlySpan<byte> block) != 0)
        {
            _fault = "a header block is malformed or too long";
        }
        else if (!_block.IsOpen)
        {
            Decode(block);
            _block.Release();
        }
    }

    private void Decode(ReadOnlySpan<byte> block)
    {
        var fields = new FieldList();
        SectionResult read = _hpack.Read(block, fields, LongestHead);
        if (read == SectionResult.Malformed)
        {
            _fault = "a header block is malformed";
            return;
        }

        if (owner.TryStream(_block.Stream, out Http2UpstreamExchange? exchange) && exchange is not null)
        {
            exchange.TakeFields(fields, read == SectionResult.TooLarge, _block.EndsStream);
        }
    }

    private void TakeReset(int streamId, int code)
    {
        if (!owner.TryStream(streamId, out Http2UpstreamExchange? exchange))
        {
            _fault = "a stream that never was is reset";
            return;
        }

        exchange?.TakeReset(code);
    }

    private void TakeSettings(FrameHead head, ReadOnlySpan<byte> payload)
    {
        _hasSettings = true;
        if (head.Has(FrameFlags.Ack))
        {
            return;
        }

        int code = owner.Output.Apply(payload);
        if (code != 0)
        {
            _fault = code == ErrorCodes.FrameSizeError ? "its settings are malformed" : "a setting has a value that is not allowed";
            return;
        }

        if (!owner.Output.SendControl(FrameType.Settings, FrameFlags.Ack, default))
        {
            _fault = "it sends settings without reading";
            return;
        }

        owner.SetReady();
    }
}
