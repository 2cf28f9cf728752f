using System.Buffers.Binary;
using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Upstreams.FastCgi;

/// <summary>
/// Reads the records of a server's response. Records of any length are read in pieces as they come; what the server says on its error
/// stream is kept up to a bound.
/// </summary>
internal sealed class RecordReader(InputBuffer input)
{
    private const int MostErrorText = 1024;
    private const int EndLength = 8;

    private readonly byte[] _head = new byte[RecordWriter.HeadLength];
    private readonly byte[] _end = new byte[EndLength];
    private readonly byte[] _errors = new byte[MostErrorText];
    private int _errorsLength;
    private int _headLength;
    private int _endLength;
    private int _content;
    private int _padding;

    /// <summary>Whether the server refused the request before it did anything for it (section 5.5).</summary>
    public bool IsRefused => _endLength == EndLength && _end[4] != 0;

    /// <summary>What the server said on its error stream.</summary>
    public ReadOnlySpan<byte> Errors => _errors.AsSpan(0, _errorsLength);

    private RecordType Type => (RecordType)_head[1];

    /// <summary>Takes the next step among the bytes that are here.</summary>
    /// <param name="piece">The bytes of the response, valid until more are received.</param>
    public RecordStep Step(out ReadOnlyMemory<byte> piece)
    {
        piece = default;
        while (input.HasBytes)
        {
            if (_headLength < _head.Length)
            {
                _headLength += TakeInto(_head.AsSpan(_headLength));
                if (_headLength == _head.Length && !TakeHead())
                {
                    return RecordStep.Malformed;
                }
            }
            else if (_content > 0)
            {
                ReadOnlyMemory<byte> bytes = input.Available[..Math.Min(_content, input.Available.Length)];
                input.Consume(bytes.Length);
                _content -= bytes.Length;
                if (Type == RecordType.Output)
                {
                    piece = bytes;
                    return RecordStep.Output;
                }

                TakeAside(bytes.Span);
            }
            else
            {
                int skipped = Math.Min(_padding, input.Available.Length);
                input.Consume(skipped);
                _padding -= skipped;
            }

            if (_headLength == _head.Length && _content == 0 && _padding == 0)
            {
                if (Type == RecordType.EndRequest)
                {
                    return _endLength == EndLength ? RecordStep.End : RecordStep.Malformed;
                }

                _headLength = 0;
            }
        }

        return RecordStep.More;
    }

    private bool TakeHead()
    {
        _content = BinaryPrimitives.ReadUInt16BigEndian(_head.AsSpan(4));
        _padding = _head[6];
        return _head[0] == RecordWriter.Version
            && Type is RecordType.Output or RecordType.Error or RecordType.EndRequest
            && BinaryPrimitives.ReadUInt16BigEndian(_head.AsSpan(2)) == RecordWriter.RequestId;
    }

    private int TakeInto(Span<byte> target)
    {
        int count = Math.Min(target.Length, input.Span.Length);
        input.Span[..count].CopyTo(target);
        input.Consume(count);
        return count;
    }

    private void TakeAside(ReadOnlySpan<byte> bytes)
    {
        if (Type == RecordType.EndRequest)
        {
            int count = Math.Min(EndLength - _endLength, bytes.Length);
            bytes[..count].CopyTo(_end.AsSpan(_endLength));
            _endLength += count;
        }
        else
        {
            int count = Math.Min(MostErrorText - _errorsLength, bytes.Length);
            bytes[..count].CopyTo(_errors.AsSpan(_errorsLength));
            _errorsLength += count;
        }
    }
}
