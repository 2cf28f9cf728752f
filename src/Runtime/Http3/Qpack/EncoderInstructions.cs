namespace Confgen.Runtime.Http3.Qpack;

/// <summary>
/// Reads what a client says to the dynamic table (RFC 9204, section 4.3), which has no capacity here: nothing can be said but that it stays
/// so.
/// </summary>
internal static class EncoderInstructions
{
    // Set Dynamic Table Capacity (RFC 9204, section 4.3.1) with a capacity of 0.
    private const byte CapacityOfNothing = 0x20;

    /// <summary>Whether the bytes hold nothing else.</summary>
    public static bool AreValid(ReadOnlySpan<byte> bytes) => bytes.IndexOfAnyExcept(CapacityOfNothing) < 0;
}
