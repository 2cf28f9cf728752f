namespace Confgen.Conformance.Tests.Wire;

/// <summary>The body of a message as it came.</summary>
/// <param name="Bytes">What came.</param>
/// <param name="Framing">How its end was told.</param>
/// <param name="Fault">Why it is not whole, or null.</param>
/// <param name="Trailers">The trailers of a chunked one.</param>
internal sealed record MessageBody(byte[] Bytes, Framing Framing, string? Fault, IReadOnlyList<Field> Trailers)
{
    public static MessageBody None { get; } = new([], Framing.None, null, []);
}
