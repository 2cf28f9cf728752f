namespace Confgen.Targets.Tests.Traefik;

/// <summary>What a request gets.</summary>
/// <param name="Router">The router; empty for none.</param>
/// <param name="Status">The status; 0 where a server says it.</param>
/// <param name="Location">Where it is sent, or null.</param>
/// <param name="Target">What the server gets, or null.</param>
internal sealed record TraefikOutcome(string Router, int Status, string? Location, string? Target)
{
    /// <summary>The first server of the service; empty for none.</summary>
    public string Server { get; init; } = "";
}
