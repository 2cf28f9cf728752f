using Confgen.Runtime.Hpack;
using Confgen.Runtime.Http2Frames;
using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Http2;

/// <summary>Adds frames to what is sent next, and counts them. Whoever calls it holds the sender's lock.</summary>
internal sealed class ResponseFrames(FrameSender sender)
{
    private OutputBuffer? _block;
    private bool _hasWrittenBlock;

    /// <summary>The bytes that were written, frames included.</summary>
    public long Written { get; private set; }

    /// <summary>Adds a frame.</summary>
    public void Write(FrameType type, byte flags, int stream, ReadOnlySpan<byte> payload)
    {
        FrameWriter.Write(sender.Filling, type, flags, stream, payload);
        Written += FrameHead.Size + payload.Length;
    }

    /// <summary>Adds the DATA of a stream.</summary>
    public void WriteData(StreamOutput stream, ReadOnlySpan<byte> data)
    {
        while (!data.IsEmpty)
        {
            int length = Math.Min(data.Length, FrameHead.MaxPayload);
            NoteLast(stream);
            Write(FrameType.Data, FrameFlags.None, stream.Id, data[..length]);
            data = data[length..];
        }
    }

    /// <summary>Ends a stream: by its last frame where that is not sent yet, or by an empty one.</summary>
    public void End(StreamOutput stream)
    {
        if (stream.LastFrameBatch == sender.Batch)
        {
            sender.Filling.Written[stream.LastFrame + 4] |= FrameFlags.EndStream;
        }
        else
        {
            Write(FrameType.Data, FrameFlags.EndStream, stream.Id, default);
        }
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

    /// <summary>Adds the block.</summary>
    public void EndBlock(StreamOutput stream, OutputBuffer block, byte flags)
    {
        NoteLast(stream);
        int before = sender.Filling.Length;
        FrameWriter.WriteBlock(sender.Filling, stream.Id, block.Memory.Span, FrameHead.MaxPayload, flags);
        Written += sender.Filling.Length - before;
        block.Release();
    }

    private void NoteLast(StreamOutput stream) => (stream.LastFrame, stream.LastFrameBatch) = (sender.Filling.Length, sender.Batch);
}
