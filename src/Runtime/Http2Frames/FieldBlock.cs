using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Http2Frames;

/// <summary>Puts a block of fields together: HEADERS, and the CONTINUATION frames behind it (RFC 9113, sections 6.2 and 6.10).</summary>
/// <param name="limit">Most bytes of a block.</param>
internal sealed class FieldBlock(int limit)
{
    private readonly OutputBuffer _bytes = new();

    /// <summary>The stream of the block that began last.</summary>
    public int Stream { get; private set; }

    /// <summary>Whether the peer ends its side of the stream with that block.</summary>
    public bool EndsStream { get; private set; }

    /// <summary>Whether a block has begun whose end isn't here yet: no other frame may follow.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Takes a HEADERS frame. 0, or the error code for which the connection ends.</summary>
    /// <param name="head">Its head.</param>
    /// <param name="payload">Its payload.</param>
    /// <param name="block">The whole block, unless <see cref="IsOpen"/>; valid until <see cref="Release"/>.</param>
    public int Begin(FrameHead head, ReadOnlySpan<byte> payload, out ReadOnlySpan<byte> block)
    {
        block = default;
        if (!head.TryUnpad(ref payload))
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

        (Stream, EndsStream) = (head.Stream, head.Has(FrameFlags.EndStream));
        return Add(head, payload, out block);
    }

    /// <summary>Takes a CONTINUATION frame. 0, or the error code for which the connection ends.</summary>
    /// <param name="head">Its head.</param>
    /// <param name="payload">Its payload.</param>
    /// <param name="block">The whole block, unless <see cref="IsOpen"/>; valid until <see cref="Release"/>.</param>
    public int Continue(FrameHead head, ReadOnlySpan<byte> payload, out ReadOnlySpan<byte> block)
    {
        block = default;
        return IsOpen && head.Stream == Stream ? Add(head, payload, out block) : ErrorCodes.ProtocolError;
    }

    /// <summary>The block was read, or nobody reads it any more.</summary>
    public void Release() => _bytes.Release();

    private int Add(FrameHead head, ReadOnlySpan<byte> payload, out ReadOnlySpan<byte> block)
    {
        block = default;
        if (_bytes.Length + payload.Length > limit)
        {
            return ErrorCodes.EnhanceYourCalm;
        }

        IsOpen = !head.Has(FrameFlags.EndHeaders);
        if (!IsOpen && _bytes.Length == 0)
        {
            block = payload;
            return 0;
        }

        _bytes.Write(payload);
        block = IsOpen ? default : _bytes.Memory.Span;
        return 0;
    }
}
