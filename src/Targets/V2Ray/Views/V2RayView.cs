using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.V2Ray.Views;

/// <summary>What the template of a side sees: every text is quoted.</summary>
[TemplateView]
internal sealed partial record V2RayView
{
    /// <summary><c>"vmess"</c> or <c>"vless"</c>.</summary>
    public required string Protocol { get; init; }

    /// <summary>Whether that is VLESS, which must be told that it doesn't encrypt.</summary>
    public bool IsVless { get; init; }

    /// <summary>The portals; none on the private side.</summary>
    public IReadOnlyList<V2RayTunnelView> Portals { get; init; } = [];

    /// <summary>The bridges; none on the public side.</summary>
    public IReadOnlyList<V2RayTunnelView> Bridges { get; init; } = [];

    /// <summary>The portals' entries.</summary>
    public IReadOnlyList<V2RayEntryView> Entries { get; init; } = [];

    /// <summary>The portals' listeners for bridges.</summary>
    public IReadOnlyList<V2RayListenerView> Listeners { get; init; } = [];

    /// <summary>The bridges' ways to their portals.</summary>
    public IReadOnlyList<V2RayLinkView> Links { get; init; } = [];

    /// <summary>The services behind the bridges.</summary>
    public IReadOnlyList<V2RayServiceView> Services { get; init; } = [];

    /// <summary>The rules, in the order in which they are tried.</summary>
    public required IReadOnlyList<V2RayRuleView> Rules { get; init; }
}
