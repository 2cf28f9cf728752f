namespace Confgen.Runtime.Tunnels;

/// <summary>What came of a handshake at the portal.</summary>
/// <param name="Refusal">Why it was refused; null where it was not.</param>
/// <param name="Keys">The keys of the bridge's tunnel.</param>
/// <param name="Bridge">The bridge.</param>
internal readonly record struct PortalGreeting(string? Refusal, TunnelKeys? Keys = null, Guid Bridge = default);
