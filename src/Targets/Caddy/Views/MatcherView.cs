using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Caddy.Views;

/// <summary>The conditions of a route: all must hold.</summary>
[TemplateView]
internal sealed partial record MatcherView
{
    /// <summary>A regex of the normalised path; null for every path.</summary>
    public string? Path { get; init; }

    /// <summary>The methods, as <c>GET HEAD</c>; null for every one.</summary>
    public string? Methods { get; init; }

    /// <summary>Names of fields, each with a regex of its value.</summary>
    public IReadOnlyList<string> Fields { get; init; } = [];

    /// <summary>A matcher of the client's address; null for any client.</summary>
    public string? Client { get; init; }

    /// <summary>A regex of the query; null for none or several.</summary>
    public string? Query { get; init; }

    /// <summary>An expression of the query and of fields that are removed before routes are chosen; null for none.</summary>
    public string? Expression { get; init; }

    /// <summary>Conditions of which each may not hold.</summary>
    public IReadOnlyList<MatcherView> Nots { get; init; } = [];

    /// <summary>Whether there is one condition, which needs no block.</summary>
    public bool IsSingle =>
        (Path is null ? 0 : 1)
            + (Methods is null ? 0 : 1)
            + Fields.Count
            + (Client is null ? 0 : 1)
            + (Query is null ? 0 : 1)
            + (Expression is null ? 0 : 1)
            + Nots.Sum(static block => block.IsSingle ? 1 : 2)
        == 1;
}
