namespace Confgen.Runtime.Hpack;

/// <summary>What came of decoding a field section.</summary>
internal enum SectionResult
{
    /// <summary>Every field was read.</summary>
    Complete,

    /// <summary>It decodes to more than is taken.</summary>
    TooLarge,

    /// <summary>
    /// The bytes are no field section of a connection without dynamic table: the connection can't go on (RFC 9204, section 2.2).
    /// </summary>
    Malformed,
}
