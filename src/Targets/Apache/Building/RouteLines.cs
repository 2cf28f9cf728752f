namespace Confgen.Targets.Apache.Building;

/// <summary>The lines of a route, in groups.</summary>
internal sealed record RouteLines
{
    /// <summary>Who may.</summary>
    public required IReadOnlyList<string> Guards { get; init; }

    /// <summary>How long a body may be.</summary>
    public required IReadOnlyList<string> Limit { get; init; }

    /// <summary>What changes the fields of the request; null where no server sees them.</summary>
    public required IReadOnlyList<string>? Request { get; init; }

    /// <summary>What changes those of the response.</summary>
    public required IReadOnlyList<string> Response { get; init; }

    /// <summary>What responds.</summary>
    public required IReadOnlyList<string> Action { get; init; }
}
