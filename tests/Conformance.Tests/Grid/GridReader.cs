namespace Confgen.Conformance.Tests.Grid;

/// <summary>How a client reads the response.</summary>
internal enum GridReader
{
    Quick,

    /// <summary>With small buffers and pauses.</summary>
    Slow,

    /// <summary>It reads no further than the head, then leaves once the origin can't send any more.</summary>
    Stops,
}
