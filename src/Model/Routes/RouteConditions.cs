using Confgen.Model.Globs;
using Confgen.Model.Regexes;
using Confgen.Model.Sources;
using Confgen.Model.Units;

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

    /// <summary>Cookies: each must occur with a value that matches.</summary>
    public ValueList<ValueCondition> Cookies { get; init; } = [];

    /// <summary>Networks, one of which has the client's address, after trusted proxies; any client unless written.</summary>
    public ValueList<Cidr> Clients { get; init; } = [];

    /// <summary>Blocks of conditions: of none of them may all hold.</summary>
    public ValueList<RouteConditions> Not { get; init; } = [];

    /// <summary>The number of conditions: among routes with the same path the one with more comes first. A block counts as one.</summary>
    public int Count => (Methods.Count > 0 ? 1 : 0) + Headers.Count + Query.Count + Cookies.Count + (Clients.Count > 0 ? 1 : 0) + Not.Count;

    /// <summary>Whether any of them, or of a block, asks for the client's address.</summary>
    public bool AsksClient => Clients.Count > 0 || Not.Any(static block => block.Clients.Count > 0);

    /// <summary>These conditions, and each block of those that may not hold.</summary>
    public IEnumerable<RouteConditions> Blocks() => Not.Prepend(this);

    /// <summary>What names of the request must have, each with what is named.</summary>
    public IEnumerable<(NamedValueKind Kind, ValueCondition Condition)> Values() =>
        Headers
            .Select(static c => (NamedValueKind.Header, c))
            .Concat(Query.Select(static c => (NamedValueKind.Parameter, c)))
            .Concat(Cookies.Select(static c => (NamedValueKind.Cookie, c)));

    /// <summary>The regexes that values are asked for, those of blocks among them, each with the field that it stands in.</summary>
    public IEnumerable<(RegexPattern Regex, SourceSpan At)> Regexes() =>
        Blocks()
            .SelectMany(static block => block.Values().Select(value => (block, value.Condition)))
            .Where(static c => c.Condition.Value is ValueRegex)
            .Select(static c => (((ValueRegex)c.Condition.Value).Pattern, c.block.At.Span));

    /// <summary>One condition on a value.</summary>
    public static RouteConditions Of(NamedValueKind kind, ValueCondition condition) =>
        kind switch
        {
            NamedValueKind.Header => new RouteConditions { Headers = [condition] },
            NamedValueKind.Parameter => new RouteConditions { Query = [condition] },
            _ => new RouteConditions { Cookies = [condition] },
        };
}
