using Confgen.Model.Templates;

namespace Confgen.Model.Routes;

/// <summary>The client is sent elsewhere.</summary>
public sealed record RedirectAction : RouteAction
{
    /// <summary>The Location.</summary>
    public required TextTemplate To { get; init; }

    /// <summary>301, 302, 303, 307 or 308; default 308.</summary>
    public int Status { get; init; } = 308;

    /// <inheritdoc/>
    public override string Field => "redirect";
}
