using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Apache.Views;

/// <summary>A site, or what responds where there is none.</summary>
[TemplateView]
internal sealed partial record VirtualHostView
{
    /// <summary>What it is for.</summary>
    public required string About { get; init; }

    /// <summary>Where it listens.</summary>
    public required IReadOnlyList<string> Addresses { get; init; }

    /// <summary>Its first name.</summary>
    public required string Name { get; init; }

    /// <summary>Further names.</summary>
    public required IReadOnlyList<string> Aliases { get; init; }

    /// <summary>TLS and protocols.</summary>
    public required IReadOnlyList<string> Settings { get; init; }

    /// <summary>What later rules need of the request.</summary>
    public IReadOnlyList<string> Variables { get; init; } = [];

    /// <summary>Rules that go before the routes.</summary>
    public required IReadOnlyList<string> Rules { get; init; }

    /// <summary>What all routes have.</summary>
    public required IReadOnlyList<string> Common { get; init; }

    /// <summary>The routes in the order in which they are tried.</summary>
    public required IReadOnlyList<RouteView> Routes { get; init; }
}
