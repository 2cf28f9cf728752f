using Confgen.Model.Sources;

namespace Confgen.Model.Differences;

/// <summary>A change in behaviour.</summary>
public sealed record Difference
{
    /// <summary>What changes.</summary>
    public required Aspect Aspect { get; init; }

    /// <summary>What it was, in words.</summary>
    public required string Old { get; init; }

    /// <summary>What it is, in words.</summary>
    public required string New { get; init; }

    /// <summary>The requests that it concerns; none where it concerns no single request, as a tunnel.</summary>
    public IReadOnlyList<RequestClass> Classes { get; init; } = [];

    /// <summary>How much it matters.</summary>
    public Risk Risk { get; init; }

    /// <summary>What may go wrong, or who gains what, in a sentence.</summary>
    public required string Consequence { get; init; }

    /// <summary>A request that shows it; null where none of those tried does, or where it concerns no single request.</summary>
    public Witness? Witness { get; init; }

    /// <summary>Where the old spec says it.</summary>
    public SourceSpan OldAt { get; init; }

    /// <summary>Where the new spec says it.</summary>
    public SourceSpan NewAt { get; init; }

    /// <summary>Whether a request is among those that it concerns.</summary>
    public bool Concerns(Rules.EvaluatedRequest request) => Classes.Any(c => c.Contains(request));
}
