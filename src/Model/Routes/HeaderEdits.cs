namespace Confgen.Model.Routes;

/// <summary>Header rules in one direction, as written: first the removals, then what is set, then what is added.</summary>
public sealed record HeaderEdits : SpecNode
{
    /// <summary>Each replaces every line of its name.</summary>
    public ValueList<HeaderValue> Set { get; init; } = [];

    /// <summary>Each is appended as a further line.</summary>
    public ValueList<HeaderValue> Add { get; init; } = [];

    /// <summary>Names whose lines are removed.</summary>
    public ValueList<HeaderName> Remove { get; init; } = [];

    /// <summary>Whether there is no rule at all.</summary>
    public bool IsEmpty => Set.Count == 0 && Add.Count == 0 && Remove.Count == 0;
}
