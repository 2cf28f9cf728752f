using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Nginx.Views;

/// <summary>A block that defines a variable: <c>map</c>, <c>geo</c> or <c>split_clients</c>.</summary>
[TemplateView]
internal sealed partial class MapView
{
    /// <summary>Which of the three.</summary>
    public string Kind { get; init; } = "map";

    /// <summary>What <c>nginx/purpose</c> says a comment about; null for none.</summary>
    public string? Purpose { get; init; }

    /// <summary>What the comment names, as a path; or null.</summary>
    public string? About { get; init; }

    /// <summary>What is looked up.</summary>
    public required string Source { get; init; }

    /// <summary>The variable with its dollar sign.</summary>
    public required string Variable { get; init; }

    /// <summary>The lines, the default among them.</summary>
    public required IReadOnlyList<MapLineView> Lines { get; init; }
}
