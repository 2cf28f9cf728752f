namespace Confgen.Cli.Testing;

/// <summary>What became of a request: on the model, on a program or at a deployment.</summary>
internal sealed record Outcome
{
    /// <summary>The status that the client got; null where it got none.</summary>
    public int? Status { get; init; }

    /// <summary>The name of the upstream that got the request; null where none did.</summary>
    public string? Upstream { get; init; }

    /// <summary>The raw target at the upstream.</summary>
    public string? Target { get; init; }

    /// <summary>The matcher of the route that answered.</summary>
    public string? Route { get; init; }

    /// <summary>The headers of the response.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>The headers at the upstream.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> UpstreamHeaders { get; init; } = [];

    /// <summary>The fields of an expectation that can't be told here.</summary>
    public IReadOnlySet<string> Unknown { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>What explains it, in one line.</summary>
    public string? Why { get; init; }
}
