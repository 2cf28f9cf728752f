namespace Confgen.Runtime.Http2;

/// <summary>Follows the frames (RFC 9113, section 4.1) in one direction of a connection whose bytes pass in any pieces.</summary>
internal struct FrameCursor
{
    private const int HeaderSize = 9;

    private const byte Headers = 1;
    private const byte PushPromise = 5;
    private const byte Continuation = 9;
    private const byte EndHeaders = 4;

    private ulong _header;
    private int _headerRead;
    private int _length;
    private bool _inBlock;

    /// <summary>The type of the frame that the last bytes belong to.</summary>
    public byte Type { get; private set; }

    /// <summary>The flags of that frame.</summary>
    public byte Flags { get; private set; }

    /// <summary>Whether the last bytes were a frame's last ones.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Bytes of the frame's payload that are still to come.</summary>
    public int Left { get; private set; }

    /// <summary>Whether another frame may come here: no frame is open, nor a header block that goes on in the next one.</summary>
    public readonly bool IsBetweenFrames => _headerRead == 0 && Left == 0 && !_inBlock;

    /// <summary>Goes on to the end of a frame, or of the bytes; tells which of them are payload.</summary>
    public ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> bytes)
    {
        HasEnded = false;
        while (Left == 0 && !bytes.IsEmpty)
        {
            _header = (_header << 8) | bytes[0];
            bytes = bytes[1..];
            if (++_headerRead < HeaderSize)
            {
                // Of the nine bytes the first five tell length, type and flags.
                if (_headerRead == 5)
                {
                    (Type, Flags) = ((byte)(_header >> 8), (byte)_header);
                    _length = (int)(_header >> 16) & 0xFF_FFFF;
                }

                continue;
            }

            (_headerRead, Left) = (0, _length);
            _inBlock = Type is Headers or PushPromise or Continuation && (Flags & EndHeaders) == 0;
            if (Left == 0)
            {
                HasEnded = true;
                return default;
            }
        }

        ReadOnlySpan<byte> payload = bytes[..Math.Min(Left, bytes.Length)];
        Left -= payload.Length;
        HasEnded = Left == 0 && !payload.IsEmpty;
        bytes = bytes[payload.Length..];
        return payload;
    }
}
