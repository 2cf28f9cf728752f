namespace Confgen.Model.Expectations;

/// <summary>What an author expects; null fields are not checked.</summary>
public sealed record ExpectedOutcome : SpecNode
{
    /// <summary>The status that the client gets. A stand-in upstream responds with 200.</summary>
    public int? Status { get; init; }

    /// <summary>The upstream's name or URL.</summary>
    public string? Upstream { get; init; }

    /// <summary>The raw target at the upstream.</summary>
    public string? Target { get; init; }

    /// <summary>The matcher of the route that responds, as <c>/api</c>.</summary>
    public string? Route { get; init; }

    /// <summary>The Location of a redirect.</summary>
    public string? Location { get; init; }

    /// <summary>Headers of the response, by name.</summary>
    public ValueList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>Headers at the upstream, by name; an empty value asserts absence.</summary>
    public ValueList<KeyValuePair<string, string>> UpstreamHeaders { get; init; } = [];
}
