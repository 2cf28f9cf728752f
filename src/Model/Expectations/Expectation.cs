namespace Confgen.Model.Expectations;

/// <summary>A request and what its author expects of it.</summary>
public sealed record Expectation : SpecNode
{
    /// <summary>The method; GET unless written.</summary>
    public string Method { get; init; } = "GET";

    /// <summary>The URL, its path and query raw.</summary>
    public required string Url { get; init; }

    /// <summary>Request headers in the order written.</summary>
    public ValueList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>The client's address; a public one unless written.</summary>
    public string? From { get; init; }

    /// <summary>The request's body; none unless written.</summary>
    public string? Body { get; init; }

    /// <summary>What is expected.</summary>
    public required ExpectedOutcome Expect { get; init; }
}
