using Confgen.Runtime.Messages;
using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Upstreams.Http1;

/// <summary>
/// The body of a response of HTTP/1.x, piece by piece as it came. An instance is used again for each response of a connection.
/// </summary>
internal sealed class Http1ResponseBody(InputBuffer input)
{
    private readonly ChunkedReader _chunks = new();
    private long _left;

    /// <summary>How it ends; none where nothing is left of it.</summary>
    public BodyFraming Framing { get; private set; }

    /// <summary>The trailers behind it; null for none.</summary>
    public FieldList? Trailers => Framing == BodyFraming.Chunked && _chunks.Trailers.Count > 0 ? _chunks.Trailers : null;

    /// <summary>Begins with the body of another response.</summary>
    public void Begin(BodyFraming framing, long length)
    {
        (Framing, _left) = (framing, length);
        _chunks.Reset();
    }

    /// <summary>The whole body was read; one that ends with the connection leaves nothing behind it.</summary>
    public void End() => Framing = Framing == BodyFraming.UntilClose ? Framing : BodyFraming.None;

    /// <summary>
    /// The next piece among the bytes that are here, valid until the next call; empty where more are needed or it is at its end.
    /// </summary>
    public ReadOnlyMemory<byte> Take(out BodyState state)
    {
        ReadOnlyMemory<byte> bytes = input.Available;
        ReadOnlyMemory<byte> piece = default;
        state = BodyState.More;
        switch (Framing)
        {
            case BodyFraming.Counted:
                piece = bytes[..(int)Math.Min(_left, bytes.Length)];
                input.Consume(piece.Length);
                _left -= piece.Length;
                state = _left == 0 ? BodyState.End : BodyState.More;
                break;
            case BodyFraming.UntilClose:
                piece = bytes;
                input.Consume(piece.Length);
                break;
            case BodyFraming.Chunked:
                while (piece.IsEmpty && state == BodyState.More && input.HasBytes)
                {
                    ChunkStep step = _chunks.Step(input.Span, out int consumed, out Range data);
                    piece = step == ChunkStep.Data ? input.Available[data] : default;
                    input.Consume(consumed);
                    state =
                        step == ChunkStep.End ? BodyState.End
                        : step == ChunkStep.Malformed ? BodyState.Broken
                        : BodyState.More;
                }

                break;
            default:
                state = BodyState.End;
                break;
        }

        return piece;
    }
}
