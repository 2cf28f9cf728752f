using Confgen.Conformance.Tests.Wire;

namespace Confgen.Conformance.Tests.Running;

/// <summary>Something that is not as expected.</summary>
/// <param name="What">What, as <c>status</c> or <c>upstream x-real-ip</c>.</param>
/// <param name="Expected">What it should be.</param>
/// <param name="Got">What it is.</param>
internal sealed record Mismatch(string What, string Expected, string Got)
{
    public override string ToString() => $"{What}: expected {Bytes.Show(Expected)}, got {Bytes.Show(Got)}";
}
