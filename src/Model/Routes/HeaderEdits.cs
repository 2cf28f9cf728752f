namespace Confgen.Model.Routes;

/// <summary>Header rules in one direction, as written: first the removals, then what is set, then what is added.</summary>
public sealed record HeaderEdits : SpecNode
{
    /// <summary>
    /// Whether the rules hold for responses that succeed and for redirects alone (<see cref="Rules.SuccessStatus"/>); default false: for
    /// every response. Always false for requests.
    /// </summary>
    public bool OnSuccess { get; init; }

    /// <summary>Each replaces every line of its name.</summary>
    public ValueList<HeaderValue> Set { get; init; } = [];

    /// <summary>Each is appended as a further line.</summary>
    public ValueList<HeaderValue> Add { get; init; } = [];

    /// <summary>Names whose lines are removed.</summary>
    public ValueList<HeaderName> Remove { get; init; } = [];

    /// <summary>The names that the rules are about.</summary>
    public IEnumerable<string> Names => [.. Set.Select(v => v.Name), .. Add.Select(v => v.Name), .. Remove.Select(n => n.Name)];

    /// <summary>Whether there is no rule at all.</summary>
    public bool IsEmpty => Set.Count == 0 && Add.Count == 0 && Remove.Count == 0;
}
