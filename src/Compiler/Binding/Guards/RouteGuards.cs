using Confgen.Model.Guards;

namespace Confgen.Compiler.Binding.Guards;

/// <summary>The guards of a route, or those that a site hands to its routes.</summary>
internal sealed record RouteGuards
{
    public RateLimit? RateLimit { get; init; }

    public BasicAuth? BasicAuth { get; init; }

    public AddressAccess Access { get; init; } = new();

    public ForwardAuth? ForwardAuth { get; init; }

    public Cors? Cors { get; init; }
}
