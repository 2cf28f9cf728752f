namespace Confgen.Targets.Caddy.Reading.Matching;

/// <summary>A directive on the way of a request through a site, in Caddy's order.</summary>
/// <param name="line">The directive.</param>
/// <param name="condition">Its matcher.</param>
internal sealed class Step(SourceLine line, Condition condition)
{
    public SourceLine Line => line;

    public Condition Condition => condition;

    /// <summary>Of the steps of a group a request takes the first one that matches.</summary>
    public object? Group { get; init; }

    /// <summary>What is in it, of a block like <c>handle</c>; else null.</summary>
    public IReadOnlyList<Step>? Inner { get; init; }

    /// <summary>What it writes into the route of a request that passes it; null where it writes nothing.</summary>
    public Action<RouteDraft>? Effect { get; init; }

    /// <summary>What it writes into the route of a request that it responds to; null where it doesn't respond.</summary>
    public Action<RouteDraft>? Response { get; init; }

    /// <summary>What it makes of the path.</summary>
    public PathChange? Change { get; init; }

    /// <summary>Whether some request gets there.</summary>
    public bool IsReached { get; set; }
}
