using Confgen.Model.Units;

namespace Confgen.Model.Guards;

/// <summary>Requests allowed for each key, as a leaky bucket: <see cref="Burst"/> + 1 pass at once, over it 429.</summary>
public sealed record RateLimit : SpecNode
{
    /// <summary>The sustained rate.</summary>
    public required RequestRate Rate { get; init; }

    /// <summary>How many may come early; default 0, as nginx's <c>burst</c>.</summary>
    public int Burst { get; init; }

    /// <summary>The request header that is counted by; null counts by the client's address.</summary>
    public string? KeyHeader { get; init; }
}
