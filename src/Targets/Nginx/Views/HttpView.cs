using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Nginx.Views;

/// <summary>What the servers share in the http block.</summary>
[TemplateView]
internal sealed partial class HttpView
{
    /// <summary>Settings that every server inherits; null where the http block isn't ours, so that each server has its own.</summary>
    public CommonView? Common { get; init; }

    /// <summary>Sizes of nginx's hash tables.</summary>
    public required HashSizesView HashSizes { get; init; }

    /// <summary>Whether an ordinary user runs nginx.</summary>
    public bool IsLocal { get; init; }

    /// <summary>Whether media types of files are needed.</summary>
    public bool HasTypes { get; init; }

    /// <summary>The blocks that define variables.</summary>
    public IReadOnlyList<MapView> Maps { get; init; } = [];

    /// <summary>The counts of requests.</summary>
    public IReadOnlyList<RateZoneView> RateZones { get; init; } = [];

    /// <summary>The spec's own lines; null for none.</summary>
    public string? Raw { get; init; }

    /// <summary>The groups of upstream servers.</summary>
    public IReadOnlyList<UpstreamView> Upstreams { get; init; } = [];
}
