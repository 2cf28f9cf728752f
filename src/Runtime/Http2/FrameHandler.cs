using System.Buffers.Binary;
using Confgen.Runtime.Hpack;
using Confgen.Runtime.Messages;
using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Http2;

/// <summary>Does what the frames of a client say (RFC 9113, section 6). Only the connection's reader calls it.</summary>
internal sealed class FrameHandler(Http2Connection connection)
{
    // A client may send so much beyond its requests (as nginx's http2 flood detection allows) that does nothing for anybody: eight bytes for each of use.
    private const int IdleShare = 8;
    private const long IdleBytes = 1024 * 1024;

    private static readonly byte[] _preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray();

    private readonly HpackReader _hpack = new();
    private readonly OutputBuffer _block = new();
    private int _prefaceRead;
    private bool _hasSettings;
    private int _blockStream;
    private byte _blockFlags;
    private string _lastAuthority = "";
    private long _read;
    private long _useful;

    /// <summary>The last stream that was begun (RFC 9113, section 6.8).</summary>
    public int LastStream { get; private set; }

    /// <summary>Reads every whole frame that is there, and says how many bytes they are.</summary>
    public int Read(ReadOnlySpan<byte> bytes)
    {
        int consumed = 0;
        if (_prefaceRead < _preface.Length)
        {
            consumed = Math.Min(_preface.Length - _prefaceRead, bytes.Length);
            if (!bytes[..consumed].SequenceEqual(_preface.AsSpan(_prefaceRead, consumed)))
            {
                connection.Fail(ErrorCodes.ProtocolError);
                return bytes.Length;
            }

            _prefaceRead += consumed;
            bytes = bytes[consumed..];
        }

        while (bytes.Length >= FrameHead.Size)
        {
            FrameHead head = FrameHead.Read(bytes);
            int code = head.Length > FrameHead.MaxPayload ? ErrorCodes.FrameSizeError : 0;
            int size = FrameHead.Size + head.Length;
            if (code == 0 && bytes.Length < size)
            {
                break;
            }

            code = code != 0 ? code : Handle(head, bytes[FrameHead.Size..size]);
            _read += size;
            if (code == 0 && _read / IdleShare > _useful + connection.Output.Written + IdleBytes)
            {
                code = ErrorCodes.EnhanceYourCalm;
            }

            if (code != 0)
            {
                connection.Fail(code);
                return consumed + bytes.Length;
            }

            bytes = bytes[size..];
            consumed += size;
        }

        return consumed;
    }

    // 0, or the error code for which the connection ends.
    private int Handle(FrameHead head, ReadOnlySpan<byte> payload)
    {
        // Nothing may stand between the frames of a block (RFC 9113, section 6.10), nor before the settings (section 3.4).
        if ((_blockStream != 0) != (head.Type == FrameTypes.Continuation) || (!_hasSettings && head.Type != FrameTypes.Settings))
        {
            return ErrorCodes.ProtocolError;
        }

        return head.Type switch
        {
            FrameTypes.Data => OnData(head, payload),
            FrameTypes.Headers => OnHeaders(head, payload),
            FrameTypes.Continuation => head.Stream == _blockStream ? OnBlock(head, payload) : ErrorCodes.ProtocolError,
            FrameTypes.Priority => OnPriority(head, payload),
            FrameTypes.Reset => OnReset(head),
            FrameTypes.Settings => OnSettings(head, payload),
            FrameTypes.Ping => OnPing(head, payload),
            FrameTypes.GoAway => head.Stream != 0 ? ErrorCodes.ProtocolError : head.Length < 8 ? ErrorCodes.FrameSizeError : 0,
            FrameTypes.WindowUpdate => OnWindowUpdate(head, payload),
            FrameTypes.PushPromise => ErrorCodes.ProtocolError,
            _ => 0,
        };
    }

    private int OnData(FrameHead head, ReadOnlySpan<byte> payload)
    {
        if (IsIdle(head.Stream) || !TryUnpad(head, ref payload))
        {
            return ErrorCodes.ProtocolError;
        }

        if (!connection.Credit.TryTake(head.Length))
        {
            return ErrorCodes.FlowControlError;
        }

        Http2Exchange? exchange = connection.Find(head.Stream);
        if (exchange is null || exchange.Body.IsEnded)
        {
            connection.Credit.Return(head.Length);
            Refuse(exchange, ErrorCodes.StreamClosed);
            return 0;
        }

        _useful += payload.Length;
        Refuse(exchange, exchange.Body.Receive(payload, head.Length - payload.Length, head.Has(FrameFlags.EndStream)));
        return 0;
    }

    private int OnHeaders(FrameHead head, ReadOnlySpan<byte> payload)
    {
        if (head.Stream % 2 == 0 || !TryUnpad(head, ref payload))
        {
            return ErrorCodes.ProtocolError;
        }

        if (head.Has(FrameFlags.Priority))
        {
            if (payload.Length < 5)
            {
                return ErrorCodes.FrameSizeError;
            }

            payload = payload[5..];
        }

        (_blockStream, _blockFlags) = (head.Stream, head.Flags);
        if (!head.Has(FrameFlags.EndHeaders))
        {
            connection.AwaitHead(isAwaited: true);
        }

        return OnBlock(head, payload);
    }

    private int OnBlock(FrameHead head, ReadOnlySpan<byte> payload)
    {
        if (_block.Length + payload.Length > connection.HardHeadLimit)
        {
            return ErrorCodes.EnhanceYourCalm;
        }

        if (head.Has(FrameFlags.EndHeaders) && _block.Length == 0)
        {
            return OnHead(payload);
        }

        _block.Write(payload);
        if (!head.Has(FrameFlags.EndHeaders))
        {
            return 0;
        }

        connection.AwaitHead(isAwaited: false);
        int code = OnHead(_block.Memory.Span);
        _block.Release();
        return code;
    }

    private int OnHead(ReadOnlySpan<byte> block)
    {
        (int id, bool ends) = (_blockStream, (_blockFlags & FrameFlags.EndStream) != 0);
        _blockStream = 0;
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

        _useful += block.Length;
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
            Refuse(exchange, ErrorCodes.StreamClosed);
            return 0;
        }

        // Pseudo-header fields must not stand here, either (RFC 9113, section 8.1): their names are no tokens.
        bool isValid = ends && read == SectionResult.Complete && !exchange.Request.IsWebSocket;
        for (int i = 0; i < trailers.Count && isValid; i++)
        {
            isValid = StreamRequestHead.IsField(trailers, i);
        }

        Refuse(exchange, isValid ? exchange.Body.End(trailers) : ErrorCodes.ProtocolError);
        return 0;
    }

    private int OnPriority(FrameHead head, ReadOnlySpan<byte> payload)
    {
        if (head.Stream == 0)
        {
            return ErrorCodes.ProtocolError;
        }

        // Priorities of RFC 7540 are read over (RFC 9113, section 5.3.2); only their size matters.
        if (payload.Length != 5)
        {
            if (IsIdle(head.Stream))
            {
                return ErrorCodes.FrameSizeError;
            }

            Refuse(connection.Find(head.Stream), ErrorCodes.FrameSizeError);
        }

        return 0;
    }

    private int OnReset(FrameHead head)
    {
        if (head.Length != 4)
        {
            return ErrorCodes.FrameSizeError;
        }

        if (IsIdle(head.Stream))
        {
            return ErrorCodes.ProtocolError;
        }

        if (connection.Find(head.Stream) is { ClientHasLeft: false } exchange)
        {
            bool wasInVain = !exchange.HasEnded;
            exchange.Abandon();
            if (wasInVain)
            {
                connection.AddVain();
            }
        }

        return 0;
    }

    private int OnSettings(FrameHead head, ReadOnlySpan<byte> payload)
    {
        if (head.Stream != 0)
        {
            return ErrorCodes.ProtocolError;
        }

        if (head.Has(FrameFlags.Ack))
        {
            return head.Length == 0 ? 0 : ErrorCodes.FrameSizeError;
        }

        int code = Settings.Apply(payload, connection.Output);
        _hasSettings = true;
        connection.Output.WriteControl(FrameTypes.Settings, FrameFlags.Ack, 0, default);
        return code;
    }

    private int OnPing(FrameHead head, ReadOnlySpan<byte> payload)
    {
        if (head.Stream != 0)
        {
            return ErrorCodes.ProtocolError;
        }

        if (head.Length != 8)
        {
            return ErrorCodes.FrameSizeError;
        }

        if (!head.Has(FrameFlags.Ack))
        {
            connection.Output.WriteControl(FrameTypes.Ping, FrameFlags.Ack, 0, payload);
        }

        return 0;
    }

    private int OnWindowUpdate(FrameHead head, ReadOnlySpan<byte> payload)
    {
        if (head.Length != 4)
        {
            return ErrorCodes.FrameSizeError;
        }

        if (head.Stream != 0 && IsIdle(head.Stream))
        {
            return ErrorCodes.ProtocolError;
        }

        int increment = BinaryPrimitives.ReadInt32BigEndian(payload) & int.MaxValue;
        int code = increment == 0 ? ErrorCodes.ProtocolError
            : connection.Output.TryOpenWindow(head.Stream, increment) ? 0 : ErrorCodes.FlowControlError;
        if (head.Stream == 0)
        {
            return code;
        }

        Refuse(connection.Find(head.Stream), code);
        return 0;
    }

    // Resets a stream for what the client did on it.
    private void Refuse(Http2Exchange? exchange, int code)
    {
        if (code != 0 && exchange is { ClientHasLeft: false })
        {
            exchange.Cut(code);
            connection.AddVain();
        }
    }

    // A stream that was never begun (RFC 9113, section 5.1.1).
    private bool IsIdle(int stream) => stream == 0 || stream % 2 == 0 || stream > LastStream;

    private static bool TryUnpad(FrameHead head, ref ReadOnlySpan<byte> payload)
    {
        if (!head.Has(FrameFlags.Padded))
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
