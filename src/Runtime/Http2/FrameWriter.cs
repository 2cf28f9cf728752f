using Confgen.Runtime.Hpack;
using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Http2;

/// <summary>Writes frames to what is sent next. Whoever calls it holds the sender's lock.</summary>
internal sealed class FrameWriter(Http2Sender sender)
{
    private OutputBuffer? _block;
    private bool _hasWrittenBlock;

    /// <summary>The bytes that were written, frames included.</summary>
    public long Written { get; private set; }

    /// <summary>Writes a frame.</summary>
    public void Write(FrameHead head, ReadOnlySpan<byte> payload)
    {
        Span<byte> bytes = stackalloc byte[FrameHead.Size];
        head.Write(bytes);
        sender.Filling.Write(bytes);
        sender.Filling.Write(payload);
        Written += FrameHead.Size + payload.Length;
    }

    /// <summary>Begins a block of fields (RFC 9113, section 4.3).</summary>
    public OutputBuffer BeginBlock()
    {
        _block ??= new OutputBuffer();
        _block.Clear();
        if (!_hasWrittenBlock)
        {
            _hasWrittenBlock = true;
            HpackWriter.WriteNoTable(_block);
        }

        return _block;
    }

    /// <summary>Writes the block: one frame, and more behind it where it is longer; nothing may stand between them (RFC 9113, section 6.10).</summary>
    public void EndBlock(StreamOutput stream, OutputBuffer block, byte flags)
    {
        (stream.LastFrame, stream.LastFrameBatch) = (sender.Filling.Length, sender.Batch);
        ReadOnlySpan<byte> rest = block.Memory.Span;
        byte type = FrameTypes.Headers;
        do
        {
            ReadOnlySpan<byte> piece = rest[..Math.Min(rest.Length, FrameHead.MaxPayload)];
            rest = rest[piece.Length..];
            Write(new FrameHead(piece.Length, type, (byte)(flags | (rest.IsEmpty ? FrameFlags.EndHeaders : FrameFlags.None)), stream.Id), piece);
            (type, flags) = (FrameTypes.Continuation, FrameFlags.None);
        }
        while (!rest.IsEmpty);
        block.Release();
    }
}
