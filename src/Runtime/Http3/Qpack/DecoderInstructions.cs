namespace Confgen.Runtime.Http3.Qpack;

/// <summary>
/// Reads what a client says of the sections that it decoded (RFC 9204, section 4.4). None referred to a dynamic table, so nothing can be
/// acknowledged; that a stream was given up may be told all the same.
/// </summary>
internal struct DecoderInstructions
{
    // Stream Cancellation (RFC 9204, section 4.4.2): the stream's number begins in six bits.
    private const byte KindMask = 0xC0;
    private const byte Cancellation = 0x40;
    private const byte Prefix = 0x3F;

    // A number of 62 bits has nine further bytes at most.
    private const int MostFurther = 9;

    private int _further;

    /// <summary>Whether the bytes that follow are valid.</summary>
    public bool AreValid(ReadOnlySpan<byte> bytes)
    {
        foreach (byte b in bytes)
        {
            if (_further > 0)
            {
                _further = (b & 0x80) == 0 ? 0 : _further + 1;
                if (_further > MostFurther)
                {
                    return false;
                }
            }
            else if ((b & KindMask) != Cancellation)
            {
                return false;
            }
            else
            {
                _further = (b & Prefix) == Prefix ? 1 : 0;
            }
        }

        return true;
    }
}
