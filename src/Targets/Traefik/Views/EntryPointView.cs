using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Traefik.Views;

/// <summary>A listener.</summary>
[TemplateView]
internal sealed partial record EntryPointView
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Where it listens.</summary>
    public required string Address { get; init; }

    /// <summary>The longest head in bytes; null where the release has no limit to set.</summary>
    public long? Head { get; init; }

    /// <summary>Whether the release rewrites paths unless it is told not to.</summary>
    public bool Sanitizes { get; init; }

    /// <summary>Whether the release refuses escapes unless it is told not to.</summary>
    public bool RefusesEscapes { get; init; }

    /// <summary>Whether HTTP/3 is offered.</summary>
    public bool Http3 { get; init; }

    /// <summary>The trusted proxies' addresses; empty for none.</summary>
    public required IReadOnlyList<string> TrustedProxies { get; init; }
}
