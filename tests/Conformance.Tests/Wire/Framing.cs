namespace Confgen.Conformance.Tests.Wire;

/// <summary>How the end of a body is told.</summary>
internal enum Framing
{
    None,
    Length,
    Chunked,
    Close,
}
