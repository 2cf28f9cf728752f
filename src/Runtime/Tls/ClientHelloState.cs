namespace Confgen.Runtime.Tls;

/// <summary>How far a ClientHello could be read.</summary>
internal enum ClientHelloState
{
    /// <summary>More bytes are needed.</summary>
    Incomplete,

    /// <summary>It has come whole.</summary>
    Whole,

    /// <summary>The bytes are none, or one that is too large.</summary>
    NotRead,
}
