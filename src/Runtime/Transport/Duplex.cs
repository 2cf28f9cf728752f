namespace Confgen.Runtime.Transport;

/// <summary>Bytes both ways: what is left of a connection when HTTP is over.</summary>
/// <param name="Wire">The connection.</param>
/// <param name="Input">What was received already, and whatever follows.</param>
internal sealed record Duplex(Wire Wire, InputBuffer Input);
