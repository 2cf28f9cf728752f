using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.HAProxy.Views;

/// <summary>A route: what it does with a request.</summary>
[TemplateView]
internal sealed partial record BackendView
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The site and the path, for people.</summary>
    public required string About { get; init; }

    /// <summary>Whether it forwards to servers.</summary>
    public bool IsProxied { get; init; }

    /// <summary>Directives about time-outs, balancing and health.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];

    /// <summary>Rules on the request and the response, in their order.</summary>
    public required IReadOnlyList<string> Rules { get; init; }

    /// <summary>The servers: name, address and parameters.</summary>
    public IReadOnlyList<string> Servers { get; init; } = [];
}
