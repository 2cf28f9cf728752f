namespace Confgen.Runtime.Messages;

/// <summary>
/// Reads a chunked body (RFC 9112, section 7.1) from bytes that come in any pieces. Line ends are CR LF alone, also in extensions, which
/// are read over and limited in size: a lenient reader there disagrees with the next one about where the request ends.
/// </summary>
internal sealed class ChunkedReader
{
    // An extension has no known use; nginx and Go limit them too, since a client could send nothing else forever.
    private const int LongestExtension = 256;
    private const int AllExtensions = 8 * 1024;

    // 15 hexadecimal digits are 2^60 - 1: no sum of them and of anything counted here overflows.
    private const int MostDigits = 15;

    private readonly MessageHead _trailers = new(hasFirstLine: false) { Limit = 16 * 1024 };
    private State _state;
    private long _left;
    private int _digits;
    private int _extension;
    private int _extensions;

    private enum State
    {
        Size,
        Extension,
        SizeEnd,
        Data,
        DataCr,
        DataLf,
        Trailers,
        Done,
    }

    /// <summary>The fields behind the last chunk.</summary>
    public FieldList Trailers => _trailers.Fields;

    /// <summary>Makes ready for the next body.</summary>
    public void Reset()
    {
        _trailers.Reset();
        (_state, _left, _digits, _extension, _extensions) = (State.Size, 0, 0, 0, 0);
    }

    /// <summary>Reads up to the next piece of the body.</summary>
    /// <param name="input">The bytes.</param>
    /// <param name="consumed">How many of them were read, the piece included.</param>
    /// <param name="data">The piece.</param>
    public ChunkStep Step(ReadOnlySpan<byte> input, out int consumed, out Range data)
    {
        consumed = 0;
        data = default;
        while (consumed < input.Length && _state is not (State.Done or State.Trailers))
        {
            if (_state == State.Data)
            {
                int length = (int)Math.Min(_left, input.Length - consumed);
                data = consumed..(consumed + length);
                consumed += length;
                _left -= length;
                _state = _left == 0 ? State.DataCr : State.Data;
                return ChunkStep.Data;
            }

            if (!Next(input[consumed++]))
            {
                return ChunkStep.Malformed;
            }
        }

        if (_state == State.Trailers)
        {
            HeadResult result = _trailers.Feed(input[consumed..], out int read);
            consumed += read;
            _state = result == HeadResult.Complete ? State.Done : _state;
            return result switch
            {
                HeadResult.Complete => ChunkStep.End,
                HeadResult.Partial => ChunkStep.Partial,
                _ => ChunkStep.Malformed,
            };
        }

        return _state == State.Done ? ChunkStep.End : ChunkStep.Partial;
    }

    private bool Next(byte b)
    {
        switch (_state)
        {
            case State.Size when char.IsAsciiHexDigit((char)b):
                _left = (_left << 4) | (uint)((b & 0xF) + (b >> 6) * 9);
                return ++_digits <= MostDigits;
            case State.Size when _digits > 0 && b is (byte)';' or (byte)'\r':
                _state = b == ';' ? State.Extension : State.SizeEnd;
                return _digits > 0;
            case State.Extension when b == '\r':
                _state = State.SizeEnd;
                return true;
            case State.Extension when b >= ' ' && b != 127 || b == '\t':
                return ++_extension <= LongestExtension && ++_extensions <= AllExtensions;
            case State.SizeEnd when b == '\n':
                _state = _left == 0 ? State.Trailers : State.Data;
                (_digits, _extension) = (0, 0);
                return true;
            case State.DataCr when b == '\r':
                _state = State.DataLf;
                return true;
            case State.DataLf when b == '\n':
                _state = State.Size;
                return true;
            default:
                return false;
        }
    }
}
