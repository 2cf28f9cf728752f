namespace Confgen.Conformance.Tests.Backends;

/// <summary>A piece of a body.</summary>
/// <param name="Wire">Its bytes with the chunk's frame around them.</param>
/// <param name="Payload">How many of them are the body's.</param>
internal sealed record Piece(byte[] Wire, int Payload);
