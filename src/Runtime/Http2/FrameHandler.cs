using System.Buffers.Binary;
using Confgen.Runtime.Http2Frames;

namespace Confgen.Runtime.Http2;

/// <summary>Does what the frames of a client say (RFC 9113, section 6). Only the connection's reader calls it.</summary>
internal sealed class FrameHandler(Http2Connection connection)
{
    // A client may send so much beyond its requests (as nginx's http2 flood detection allows) that does nothing for anybody: eight bytes
    // for each of use.
    private const int IdleShare = 8;
    private const long IdleBytes = 1024 * 1024;

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
        int all = bytes.Length;
        if (_prefaceRead < Preface.Bytes.Length)
        {
            int count = Math.Min(Preface.Bytes.Length - _prefaceRead, bytes.Length);
            if (!bytes[..count].SequenceEqual(Preface.Bytes.Slice(_prefaceRead, count)))
            {
                connection.Fail(ErrorCodes.ProtocolError);
                return all;
            }

            _prefaceRead += count;
            bytes = bytes[count..];
        }

        while (FrameHead.Take(ref bytes, out FrameHead head, out ReadOnlySpan<byte> payload) is not FrameResult.Partial and var result)
        {
            int code = result == FrameResult.TooLarge ? ErrorCodes.FrameSizeError : Handle(head, payload);
            _read += FrameHead.Size + payload.Length;
            if (code == 0 && _read / IdleShare > _useful + _heads.Useful + connection.Output.Written + IdleBytes)
            {
                code = ErrorCodes.EnhanceYourCalm;
            }

            if (code != 0)
            {
                connection.Fail(code);
                return all;
            }
        }

        return all - bytes.Length;
    }

    // 0, or the error code for which the connection ends.
    private int Handle(FrameHead head, ReadOnlySpan<byte> payload)
    {
        // Nothing may stand between the frames of a block (RFC 9113, section 6.10), nor before the settings (section 3.4).
        if (_heads.IsInBlock != (head.Type == FrameType.Continuation) || (!_hasSettings && head.Type != FrameType.Settings))
        {
            return ErrorCodes.ProtocolError;
        }

        return head.Type switch
        {
            FrameType.Data => OnData(head, payload),
            FrameType.Headers => _heads.OnHeaders(head, payload),
            FrameType.Continuation => _heads.OnContinuation(head, payload),
            FrameType.Priority => OnPriority(head, payload),
            FrameType.ResetStream => OnReset(head),
            FrameType.Settings => OnSettings(head, payload),
            FrameType.Ping => OnPing(head, payload),
            FrameType.GoAway => head.Stream != 0 ? ErrorCodes.ProtocolError
            : head.Length < 8 ? ErrorCodes.FrameSizeError
            : 0,
            FrameType.WindowUpdate => OnWindowUpdate(head, payload),
            FrameType.PushPromise => ErrorCodes.ProtocolError,
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

        int code = Http2Settings.Apply(payload, connection.Output);
        _hasSettings = true;
        connection.Output.Control.Write(FrameType.Settings, FrameFlags.Ack, default);
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
            connection.Output.Control.Write(FrameType.Ping, FrameFlags.Ack, payload);
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
        int code =
            increment == 0 ? ErrorCodes.ProtocolError
            : connection.Output.TryOpenWindow(head.Stream, increment) ? 0
            : ErrorCodes.FlowControlError;
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
