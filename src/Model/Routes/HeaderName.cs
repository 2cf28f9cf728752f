namespace Confgen.Model.Routes;

/// <summary>A header's name in a rule.</summary>
public sealed record HeaderName : SpecNode
{
    /// <summary>The name as written, a token (RFC 9110, section 5.1).</summary>
    public required string Name { get; init; }
}
