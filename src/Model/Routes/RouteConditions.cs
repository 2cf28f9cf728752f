namespace Confgen.Model.Routes;

/// <summary>Conditions on a request beside its path; all must hold.</summary>
public sealed record RouteConditions : SpecNode
{
    /// <summary>Methods, with their case; any unless written.</summary>
    public ValueList<string> Methods { get; init; } = [];

    /// <summary>Request headers: each must have a line whose value matches.</summary>
    public ValueList<ValueCondition> Headers { get; init; } = [];

    /// <summary>Query parameters, raw bytes: each must occur with a value that matches.</summary>
    public ValueList<ValueCondition> Query { get; init; } = [];

    /// <summary>The number of conditions: among routes with the same path the one with more comes first.</summary>
    public int Count => (Methods.Count > 0 ? 1 : 0) + Headers.Count + Query.Count;
}
