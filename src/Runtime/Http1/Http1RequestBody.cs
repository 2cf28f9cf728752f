using Confgen.Runtime.Exchanges;
using Confgen.Runtime.Messages;
using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Http1;

/// <summary>
/// The body of a request of HTTP/1.x, piece by piece as it comes. An instance is used again for each request of a connection.
/// </summary>
/// <param name="input">What the client sends.</param>
/// <param name="deadline">The deadline of what is received.</param>
/// <param name="watch">The clock of the deadline.</param>
internal sealed class Http1RequestBody(InputBuffer input, Deadline deadline, DeadlineWatch watch)
{
    private readonly ChunkedReader _chunks = new();
    private BodyFraming _framing;
    private long _left;

    /// <summary>Whether the whole body was read.</summary>
    public bool IsAtEnd { get; private set; }

    /// <summary>The bytes read so far, without any transfer coding.</summary>
    public long Received { get; private set; }

    /// <summary>When the reading ends at the latest, on the watch's clock; 0 where each piece has its own time.</summary>
    public long Due { get; set; }

    /// <summary>The fields behind a chunked body; null where there are none.</summary>
    public FieldList? Trailers => _framing == BodyFraming.Chunked && _chunks.Trailers.Count > 0 ? _chunks.Trailers : null;

    /// <summary>Begins with the body of another request.</summary>
    public void Begin(BodyFraming framing, long length)
    {
        (_framing, _left, Received, IsAtEnd) = (framing, length, 0, framing == BodyFraming.None);
        if (framing == BodyFraming.Chunked)
        {
            _chunks.Reset();
        }
    }

    /// <summary>The next piece, valid until the next call; empty at the end.</summary>
    /// <exception cref="BodyFaultException">There is no whole body.</exception>
    public async ValueTask<ReadOnlyMemory<byte>> ReadAsync()
    {
        while (!IsAtEnd)
        {
            if (!input.HasBytes)
            {
                deadline.Set(Due > 0 ? Due : watch.After(ClientTimeouts.Body));
                bool more = await input.FillAsync();
                deadline.Clear();
                if (!more)
                {
                    throw new BodyFaultException(0);
                }
            }

            if (TakePiece() is { Length: > 0 } piece)
            {
                Received += piece.Length;
                return piece;
            }
        }

        return default;
    }

    // The next piece among the bytes that are here; empty where more are needed, or at the end.
    private ReadOnlyMemory<byte> TakePiece()
    {
        ReadOnlyMemory<byte> bytes = input.Available;
        if (_framing == BodyFraming.Counted)
        {
            ReadOnlyMemory<byte> piece = bytes[..(int)Math.Min(_left, bytes.Length)];
            input.Consume(piece.Length);
            _left -= piece.Length;
            IsAtEnd = _left == 0;
            return piece;
        }

        ChunkStep step = _chunks.Step(bytes.Span, out int consumed, out Range data);
        input.Consume(consumed);
        IsAtEnd = step == ChunkStep.End;
        return step == ChunkStep.Malformed ? throw new BodyFaultException(400)
            : step == ChunkStep.Data ? bytes[data]
            : default;
    }
}
