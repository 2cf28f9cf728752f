namespace Confgen.Conformance.Tests.Cases;

/// <summary>When a client leaves.</summary>
internal enum Leaving
{
    /// <summary>When the response has come.</summary>
    Never,

    /// <summary>When the upstream has got the request.</summary>
    Sent,

    /// <summary>When the response's head has come.</summary>
    Head,
}
