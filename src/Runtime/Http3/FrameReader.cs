namespace Confgen.Runtime.Http3;

/// <summary>
/// Takes the frames of a stream apart (RFC 9114, section 7.1). A frame of an unknown type is read over, however long it is.
/// </summary>
internal sealed class FrameReader(StreamInput input)
{
    private bool _isOpen;

    /// <summary>The type of the frame that is open.</summary>
    public long Type { get; private set; }

    /// <summary>Bytes of its payload that were not taken yet.</summary>
    public long Left { get; private set; }

    /// <summary>Goes to the next frame; false at the stream's end. The payload of the one before is read over.</summary>
    /// <exception cref="ConnectionFaultException">The stream ended within a frame.</exception>
    public ValueTask<bool> NextAsync() => NextAsync(readsOver: true);

    /// <summary>Goes to the first frame, whatever its type; false at the stream's end.</summary>
    /// <exception cref="ConnectionFaultException">The stream ended within a frame.</exception>
    public ValueTask<bool> FirstAsync() => NextAsync(readsOver: false);

    /// <summary>The next piece of the open frame's payload, valid until more is received; empty when it is at its end.</summary>
    /// <exception cref="ConnectionFaultException">The stream ended within the frame.</exception>
    public ValueTask<ReadOnlyMemory<byte>> TakeAsync()
    {
        if (Left == 0)
        {
            return default;
        }

        return input.Available.IsEmpty ? FillAsync() : ValueTask.FromResult(Take());
    }

    /// <summary>The open frame's whole payload, which must not be longer than an array; valid until more is received.</summary>
    /// <exception cref="ConnectionFaultException">The stream ended within the frame.</exception>
    public async ValueTask<ReadOnlyMemory<byte>> TakeAllAsync()
    {
        while (input.Available.Length < Left)
        {
            if (!await input.FillAsync())
            {
                throw new ConnectionFaultException(ErrorCodes.FrameError);
            }
        }

        return Take();
    }

    /// <summary>Whether the next frame, or the stream's end, is here already; none must be open.</summary>
    public bool HasNext => !input.Available.IsEmpty || input.HasEnded;

    private async ValueTask<bool> NextAsync(bool readsOver)
    {
        while (true)
        {
            while (_isOpen && Left > 0)
            {
                await TakeAsync();
            }

            _isOpen = false;
            if (TryReadHeader())
            {
                if (!readsOver || FrameTypes.IsKnown(Type))
                {
                    return true;
                }
            }
            else if (!await input.FillAsync())
            {
                return input.Available.IsEmpty ? false : throw new ConnectionFaultException(ErrorCodes.FrameError);
            }
        }
    }

    private async ValueTask<ReadOnlyMemory<byte>> FillAsync() =>
        await input.FillAsync() ? Take() : throw new ConnectionFaultException(ErrorCodes.FrameError);

    private ReadOnlyMemory<byte> Take()
    {
        ReadOnlyMemory<byte> piece = input.Available;
        piece = piece[..(int)Math.Min(Left, piece.Length)];
        input.Consume(piece.Length);
        Left -= piece.Length;
        return piece;
    }

    private bool TryReadHeader()
    {
        ReadOnlySpan<byte> bytes = input.Available.Span;
        if (
            !VariableInteger.TryRead(bytes, out long type, out int typeLength)
            || !VariableInteger.TryRead(bytes[typeLength..], out long length, out int lengthLength)
        )
        {
            return false;
        }

        input.Consume(typeLength + lengthLength);
        (Type, Left, _isOpen) = (type, length, true);
        return true;
    }
}
