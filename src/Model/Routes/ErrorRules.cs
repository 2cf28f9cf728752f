using Confgen.Model.Units;

namespace Confgen.Model.Routes;

/// <summary>What a client gets instead of an empty body for the proxy's own errors.</summary>
public sealed record ErrorRules : SpecNode
{
    /// <summary>The pages; a single status goes before a class as <c>5xx</c>, then the one written first.</summary>
    public ValueList<ErrorPage> Pages { get; init; } = [];

    /// <summary>Statuses of the upstream that are treated like the proxy's own; none unless written.</summary>
    public ValueList<StatusPattern> Intercept { get; init; } = [];

    /// <summary>Whether there are no pages.</summary>
    public bool IsEmpty => Pages.Count == 0;
}
