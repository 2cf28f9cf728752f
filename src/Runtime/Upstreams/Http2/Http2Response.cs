using Confgen.Runtime.Messages;
using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Upstreams.Http2;

/// <summary>
/// What has come of a response on a stream and was not yet read. The task that reads the connection adds, the one that forwards takes; a
/// message that HTTP/1.1 could not say is malformed here, too (RFC 9113, section 8.1.1).
/// </summary>
internal sealed class Http2Response(int window)
{
    // A server that sends more interim heads than this has lost its way.
    private const int MostHeads = 32;

    private readonly Lock _lock = new();
    private readonly Queue<Http2ResponseHead> _heads = new();
    private OutputBuffer _arrived = new();
    private OutputBuffer _taken = new();
    private long? _left;
    private long _window = window;
    private int _padding;
    private bool _hasBody;
    private volatile bool _hasHead;
    private volatile bool _hasEnded;

    /// <summary>Whether the request's method is HEAD.</summary>
    public bool IsHead { get; set; }

    /// <summary>Whether the final head has come.</summary>
    public bool HasHead => _hasHead;

    /// <summary>Whether the server has ended the stream.</summary>
    public bool HasEnded => _hasEnded;

    /// <summary>The trailers; null for none.</summary>
    public FieldList? Trailers { get; private set; }

    /// <summary>Whether bytes wait to be taken.</summary>
    public bool HasBytes
    {
        get
        {
            lock (_lock)
            {
                return _arrived.Length > 0;
            }
        }
    }

    /// <summary>Takes over a head or trailers; null, or what is wrong with them.</summary>
    public string? TakeFields(FieldList fields, bool endsStream)
    {
        lock (_lock)
        {
            return _hasEnded ? "fields follow the end of its stream"
                : _hasHead ? TakeTrailers(fields, endsStream)
                : TakeHead(fields, endsStream);
        }
    }

    /// <summary>Takes over a piece of the body; null, or what is wrong with it.</summary>
    public string? TakeData(ReadOnlySpan<byte> data, int length, bool endsStream)
    {
        lock (_lock)
        {
            _window -= length;
            _left -= data.Length;
            if (!_hasHead || _hasEnded || _window < 0)
            {
                return _window < 0 ? "it sends more than the window allows" : "a body has no place there";
            }

            if ((!_hasBody && !data.IsEmpty) || _left < 0 || (endsStream && _hasBody && _left > 0))
            {
                return "its body disagrees with its content-length";
            }

            _padding += length - data.Length;
            _arrived.Write(data);
            _hasEnded = endsStream;
            return null;
        }
    }

    /// <summary>The next head.</summary>
    public bool TryTakeHead(out Http2ResponseHead head)
    {
        lock (_lock)
        {
            return _heads.TryDequeue(out head);
        }
    }

    /// <summary>What has come of the body, valid until the next call.</summary>
    /// <param name="isEnd">Whether nothing follows.</param>
    /// <param name="length">What it counts against the window, padding included.</param>
    public ReadOnlyMemory<byte> TakePiece(out bool isEnd, out int length)
    {
        lock (_lock)
        {
            _taken.Clear();
            (_arrived, _taken) = (_taken, _arrived);
            isEnd = _hasEnded;
            length = _taken.Length + _padding;
            _padding = 0;
            return _taken.Memory;
        }
    }

    /// <summary>So much was read, and the server is told.</summary>
    public void Credit(int length)
    {
        lock (_lock)
        {
            _window += length;
        }
    }

    /// <summary>Gives the buffers back.</summary>
    public void Release()
    {
        lock (_lock)
        {
            _arrived.Release();
            _taken.Release();
        }
    }

    private string? TakeHead(FieldList fields, bool endsStream)
    {
        if (
            fields.Count == 0
            || !fields.Name(0).SequenceEqual(":status"u8)
            || fields.Value(0).Length != 3
            || !Framing.TryLength(fields.Value(0), out long status)
            || status is < 100 or > 599 or 101
        )
        {
            return "its head has no valid :status";
        }

        fields.RemoveAt(0);
        if (!IsValid(fields))
        {
            return "a field of its head is malformed";
        }

        bool mayHaveBody = !IsHead && status is not (204 or 304) and >= 200;
        if (
            !Framing.TryOfResponse(fields, isHttp10: false, (int)status, !mayHaveBody, out _, out long? length)
            || (status < 200 && (endsStream || _heads.Count == MostHeads))
            || (endsStream && mayHaveBody && length > 0)
        )
        {
            return status < 200 ? "its interim responses never end" : "its body disagrees with its content-length";
        }

        bool hasBody = mayHaveBody && !endsStream && length != 0;
        if (status >= 200)
        {
            (_hasHead, _hasEnded, _hasBody, _left) = (true, endsStream, hasBody, mayHaveBody ? length : null);
        }

        _heads.Enqueue(new Http2ResponseHead((int)status, fields, length, hasBody));
        return null;
    }

    private string? TakeTrailers(FieldList fields, bool endsStream)
    {
        if (!endsStream || !IsValid(fields) || (_hasBody && _left > 0))
        {
            return endsStream
                ? "its trailers are malformed, or its body disagrees with its content-length"
                : "a second head follows the first";
        }

        (Trailers, _hasEnded) = (fields.Count > 0 ? fields : null, true);
        return null;
    }

    // What concerns a connection has no place here (RFC 9113, section 8.2.2); like nginx and Go this takes it away.
    private static bool IsValid(FieldList fields)
    {
        for (int i = fields.Count - 1; i >= 0; i--)
        {
            if (FieldKinds.IsHopByHop(fields[i].Kind))
            {
                fields.RemoveAt(i);
            }
            else if (
                fields.Name(i).ContainsAnyInRange((byte)'A', (byte)'Z')
                || !StreamHead.IsField(fields.Name(i), fields[i].Kind, fields.Value(i))
            )
            {
                return false;
            }
        }

        return true;
    }
}
