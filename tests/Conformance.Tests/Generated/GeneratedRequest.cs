namespace Confgen.Conformance.Tests.Generated;

/// <summary>A request as it is sent.</summary>
/// <param name="Method">The method.</param>
/// <param name="Target">The raw target.</param>
/// <param name="Host">The Host header.</param>
/// <param name="From">The client's address.</param>
/// <param name="Headers">Further header lines.</param>
/// <param name="Body">The body; null for none.</param>
/// <param name="Chunked">Whether the body is chunked.</param>
internal sealed record GeneratedRequest(
    string Method,
    string Target,
    string Host,
    string From,
    IReadOnlyList<string> Headers,
    string? Body,
    bool Chunked
)
{
    /// <summary>what an upstream sends, as a flow of YAML; null for what they usually do.</summary>
    public string? Response { get; init; }
}
