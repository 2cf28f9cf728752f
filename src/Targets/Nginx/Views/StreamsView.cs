using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Nginx.Views;

/// <summary>What stands in the stream block.</summary>
[TemplateView]
internal sealed partial class StreamsView
{
    /// <summary>The version that the output is for.</summary>
    public required string Version { get; init; }

    /// <summary>Sizes of nginx's hash tables.</summary>
    public required HashSizesView HashSizes { get; init; }

    /// <summary>Where connections go by their names.</summary>
    public required IReadOnlyList<MapView> Maps { get; init; }

    /// <summary>The groups of servers.</summary>
    public required IReadOnlyList<UpstreamView> Upstreams { get; init; }

    /// <summary>The listeners.</summary>
    public required IReadOnlyList<StreamView> Servers { get; init; }
}
