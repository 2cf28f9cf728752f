namespace Confgen.Conformance.Tests.Grid;

/// <summary>How the exchange ends.</summary>
internal enum GridEnding
{
    Regular,

    /// <summary>The origin closes in the middle of its body.</summary>
    OriginCloses,

    /// <summary>The origin resets in the middle of its body (over HTTP/2: the stream).</summary>
    OriginResets,

    /// <summary>The client closes in the middle of its upload or, without one, of the response.</summary>
    ClientCloses,

    /// <summary>The client resets there.</summary>
    ClientResets,

    /// <summary>The program is told to end gracefully in the middle of the response.</summary>
    Terminate,

    /// <summary>The program gets a changed configuration in the middle of the response.</summary>
    Reload,
}
