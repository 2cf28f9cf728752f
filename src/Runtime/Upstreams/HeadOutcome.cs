namespace Confgen.Runtime.Upstreams;

/// <summary>What came of the wait for an answer's head.</summary>
internal enum HeadOutcome
{
    /// <summary>The head is here.</summary>
    Complete,

    /// <summary>The server closed the connection, or it broke, before any byte of an answer.</summary>
    Closed,

    /// <summary>The bytes are no head, or they stopped in its middle.</summary>
    Broken,

    /// <summary>The server was silent for too long.</summary>
    TimedOut,
}
