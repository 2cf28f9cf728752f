namespace Confgen.Conformance.Tests.Grid;

/// <summary>What a client asks.</summary>
/// <param name="Method">The method.</param>
/// <param name="Length">The body's length in bytes.</param>
/// <param name="Framing">How the end of the body is told; over HTTP/2 <see cref="Wire.Framing.Length"/> is a <c>content-length</c>.</param>
internal sealed record GridRequest(string Method, long Length, Wire.Framing Framing)
{
    public override string ToString() => Framing == Wire.Framing.None ? Method : $"{Method}:{Length}:{Framing}";
}
