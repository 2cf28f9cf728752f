namespace Confgen.Conformance.Tests.Grid;

/// <summary>What else is in the messages.</summary>
internal enum GridExtra
{
    None,

    /// <summary>Trailers, both ways where the framing has them.</summary>
    Trailers,

    /// <summary>103 before the response.</summary>
    Interim,

    /// <summary>A head of 24 kB to the origin, of 6 kB from it.</summary>
    LargeHead,

    /// <summary>150 fields each way.</summary>
    ManyFields,

    /// <summary>Names of all token characters, and values with tabs, quotes, and bytes beyond ASCII.</summary>
    OddFields,

    /// <summary>A second request is sent before the first one's response has come.</summary>
    Pipelined,

    /// <summary>The client waits for 100 before its body.</summary>
    Expects,
}
