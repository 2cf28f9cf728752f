using System.Buffers.Binary;

namespace Confgen.Runtime.Http2;

/// <summary>Does what the frames of a client say (RFC 9113, section 6). Only the connection's reader calls it.</summary>
internal sealed class FrameHandler(Http2Connection connection)
{
    // A client may send so much beyond its requests (as nginx's http2 flood detection allows) that does nothing for anybody: eight bytes for each of use.
    private const int IdleShare = 8;
    private const long IdleBytes = 1024 * 1024;

    private static readonly byte[] _preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray();

    private readonly HeaderFrames _heads = new(connection);
    private int _prefaceRead;
    private bool _hasSettings;
    private long _read;
    private long _useful;

    /// <summary>The last stream that was begun (RFC 9113, section 6.8).</summary>
    public int LastStream => _heads.LastStream;

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
            if (code == 0 && _read / IdleShare > _useful + _heads.Useful + connection.Output.Written + IdleBytes)
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
        if (_heads.IsInBlock != (head.Type == FrameTypes.Continuation) || (!_hasSettings && head.Type != FrameTypes.Settings))
        {
            return ErrorCodes.ProtocolError;
        }

        return head.Type switch
        {
            FrameTypes.Data => OnData(head, payload),
            FrameTypes.Headers => _heads.OnHeaders(head, payload),
            FrameTypes.Continuation => _heads.OnContinuation(head, payload),
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
        if (IsIdle(head.Stream) || !head.TryUnpad(ref payload))
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
            Refuse(connection, exchange, ErrorCodes.StreamClosed);
            return 0;
        }

        _useful += payload.Length;
        Refuse(connection, exchange, exchange.Body.Receive(payload, head.Length - payload.Length, head.Has(FrameFlags.EndStream)));
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

            Refuse(connection, connection.Find(head.Stream), ErrorCodes.FrameSizeError);
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

        if (head.Has(FrameFlags.Ack))
        {
            connection.Heard();
        }
        else
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

        Refuse(connection, connection.Find(head.Stream), code);
        return 0;
    }

    /// <summary>Resets a stream for what the client did on it, unless the code is 0.</summary>
    public static void Refuse(Http2Connection connection, Http2Exchange? exchange, int code)
    {
        if (code != 0 && exchange is { ClientHasLeft: false })
        {
            exchange.Cut(code);
            connection.AddVain();
        }
    }

    // A stream that was never begun (RFC 9113, section 5.1.1).
    private bool IsIdle(int stream) => stream == 0 || stream % 2 == 0 || stream > LastStream;
}
