using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Traefik.Views;

/// <summary>The servers of an upstream.</summary>
[TemplateView]
internal sealed partial record ServiceView
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The servers.</summary>
    public required IReadOnlyList<ServerView> Servers { get; init; }

    /// <summary>How one is chosen; null for in turn.</summary>
    public string? Strategy { get; init; }

    /// <summary>The cookie that keeps a client at its server; null for none.</summary>
    public StickyView? Sticky { get; init; }

    /// <summary>What servers are asked; null for nothing.</summary>
    public HealthView? Health { get; init; }

    /// <summary>Which failures count; null for none.</summary>
    public PassiveHealthView? PassiveHealth { get; init; }

    /// <summary>Whether the server's own name is its Host.</summary>
    public bool OwnHost { get; init; }

    /// <summary>How long pieces of a response are held back.</summary>
    public required string FlushInterval { get; init; }

    /// <summary>How the servers are spoken to.</summary>
    public required string Transport { get; init; }
}
