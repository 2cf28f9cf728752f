namespace Confgen.Conformance.Tests.Cases;

/// <summary>When a client leaves.</summary>
internal enum Leaving
{
    /// <summary>When the answer has come.</summary>
    Never,

    /// <summary>When the upstream has got the request.</summary>
    Sent,

    /// <summary>When the answer's head has come.</summary>
    Head,
}
