using System.Buffers.Binary;
using Confgen.Runtime.Hpack;
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
    private readonly OutputBuffer _block = new();
    private int _blockStream;
    private bool _blockEndsStream;
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
                while (_fault is null && TryFrame())
                {
                }

                owner.Flush();
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
        if (bytes.Length < Http2Frames.HeaderSize)
        {
            return false;
        }

        int length = BinaryPrimitives.ReadInt32BigEndian(bytes) >>> 8;
        var type = (Http2FrameType)bytes[3];
        byte flags = bytes[4];
        int streamId = BinaryPrimitives.ReadInt32BigEndian(bytes[5..]) & int.MaxValue;
        if (length > Http2Frames.LargestPayload || (!_hasSettings && type != Http2FrameType.Settings))
        {
            _fault = _hasSettings ? "a frame is larger than allowed" : "the server doesn't speak HTTP/2";
            return false;
        }

        if (bytes.Length < Http2Frames.HeaderSize + length)
        {
            return false;
        }

        Take(type, flags, streamId, bytes.Slice(Http2Frames.HeaderSize, length));
        _input.Consume(Http2Frames.HeaderSize + length);
        return true;
    }

    private void Take(Http2FrameType type, byte flags, int streamId, ReadOnlySpan<byte> payload)
    {
        if (_blockStream != 0 && (type != Http2FrameType.Continuation || streamId != _blockStream))
        {
            _fault = "a header block is interrupted";
            return;
        }

        switch (type)
        {
            case Http2FrameType.Data:
                TakeData(flags, streamId, payload);
                break;
            case Http2FrameType.Headers:
                TakeHeaders(flags, streamId, payload);
                break;
            case Http2FrameType.Continuation:
                TakeContinuation(flags, payload);
                break;
            case Http2FrameType.ResetStream when payload.Length == 4:
                TakeReset(streamId, BinaryPrimitives.ReadInt32BigEndian(payload));
                break;
            case Http2FrameType.Settings when streamId == 0:
                TakeSettings(flags, payload);
                break;
            case Http2FrameType.Ping when payload.Length == 8 && streamId == 0:
                Answer(flags, payload);
                break;
            case Http2FrameType.GoAway when payload.Length >= 8 && streamId == 0:
                owner.GoAway(BinaryPrimitives.ReadInt32BigEndian(payload) & int.MaxValue);
                break;
            case Http2FrameType.WindowUpdate when payload.Length == 4:
                int more = BinaryPrimitives.ReadInt32BigEndian(payload) & int.MaxValue;
                _fault = more == 0 || !owner.Widen(streamId, more) ? "a flow-control window is wrong" : null;
                break;
            case Http2FrameType.ResetStream or Http2FrameType.Settings or Http2FrameType.Ping or Http2FrameType.GoAway or Http2FrameType.WindowUpdate or Http2FrameType.PushPromise:
                _fault = $"a {type} frame is malformed or has no place here";
                break;
            default:
                // PRIORITY, and types that nobody knows yet (RFC 9113, section 5.5).
                break;
        }
    }

    private void TakeData(byte flags, int streamId, ReadOnlySpan<byte> payload)
    {
        int length = payload.Length;
        if (!TryUnpad(flags, ref payload) || !owner.TryStream(streamId, out Http2UpstreamExchange? exchange))
        {
            _fault = "a DATA frame is malformed";
            return;
        }

        _received += length;
        if (_received >= ConnectionCredit)
        {
            int credit = (int)_received;
            _received = 0;
            owner.Send(o => Http2Frames.WriteNumber(o, Http2FrameType.WindowUpdate, 0, credit));
        }

        exchange?.TakeData(payload, length, (flags & Http2Frames.EndStream) != 0);
    }

    private void TakeHeaders(byte flags, int streamId, ReadOnlySpan<byte> payload)
    {
        if (!TryUnpad(flags, ref payload) || !owner.TryStream(streamId, out _) || ((flags & Http2Frames.Priority) != 0 && payload.Length < 5))
        {
            _fault = "a HEADERS frame is malformed";
            return;
        }

        payload = (flags & Http2Frames.Priority) != 0 ? payload[5..] : payload;
        _blockEndsStream = (flags & Http2Frames.EndStream) != 0;
        if ((flags & Http2Frames.EndHeaders) != 0)
        {
            Decode(streamId, payload);
            return;
        }

        _blockStream = streamId;
        _block.Clear();
        _block.Write(payload);
    }

    private void TakeContinuation(byte flags, ReadOnlySpan<byte> payload)
    {
        bool isLast = (flags & Http2Frames.EndHeaders) != 0;
        if (_blockStream == 0 || (payload.IsEmpty && !isLast) || _block.Length + payload.Length > LongestHead)
        {
            _fault = "a header block is malformed or too long";
            return;
        }

        _block.Write(payload);
        if (isLast)
        {
            int streamId = _blockStream;
            _blockStream = 0;
            Decode(streamId, _block.Memory.Span);
            _block.Release();
        }
    }

    private void Decode(int streamId, ReadOnlySpan<byte> block)
    {
        var fields = new FieldList();
        SectionResult read = _hpack.Read(block, fields, LongestHead);
        if (read == SectionResult.Malformed)
        {
            _fault = "a header block is malformed";
            return;
        }

        if (owner.TryStream(streamId, out Http2UpstreamExchange? exchange) && exchange is not null)
        {
            exchange.TakeFields(fields, read == SectionResult.TooLarge, _blockEndsStream);
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

    private void TakeSettings(byte flags, ReadOnlySpan<byte> payload)
    {
        _hasSettings = true;
        if ((flags & Http2Frames.Ack) != 0)
        {
            return;
        }

        for (; payload.Length >= 6; payload = payload[6..])
        {
            if (!owner.Apply(BinaryPrimitives.ReadUInt16BigEndian(payload), BinaryPrimitives.ReadUInt32BigEndian(payload[2..])))
            {
                _fault = "a setting has a value that is not allowed";
                return;
            }
        }

        if (!payload.IsEmpty || !owner.Send(static o => Http2Frames.WriteHeader(o, Http2FrameType.Settings, Http2Frames.Ack, 0, 0)))
        {
            _fault = "its settings are malformed, or too many";
            return;
        }

        owner.SetReady();
    }

    private void Answer(byte flags, ReadOnlySpan<byte> payload)
    {
        if ((flags & Http2Frames.Ack) != 0)
        {
            return;
        }

        byte[] opaque = payload.ToArray();
        bool isTaken = owner.Send(o =>
        {
            Http2Frames.WriteHeader(o, Http2FrameType.Ping, Http2Frames.Ack, 0, opaque.Length);
            o.Write(opaque);
        });
        _fault = isTaken ? null : "it pings without reading";
    }

    private static bool TryUnpad(byte flags, ref ReadOnlySpan<byte> payload)
    {
        if ((flags & Http2Frames.Padded) == 0)
        {
            return true;
        }

        if (payload.IsEmpty || payload[0] >= payload.Length)
        {
            return false;
        }

        payload = payload[1..^payload[0]];
        return true;
    }
}
