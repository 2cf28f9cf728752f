namespace Confgen.Runtime.Messages;

/// <summary>How far the reading of a head is.</summary>
internal enum HeadResult
{
    /// <summary>More bytes are needed.</summary>
    Partial,

    /// <summary>The empty line was read.</summary>
    Complete,

    /// <summary>The bytes are no head.</summary>
    Malformed,

    /// <summary>The first line alone is over the limit.</summary>
    LineTooLong,

    /// <summary>The head is over the limit.</summary>
    TooLarge,
}
