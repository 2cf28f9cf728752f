namespace Confgen.Cli.Testing.OnPrograms;

/// <summary>A request that a mock upstream got.</summary>
/// <param name="Upstream">The upstream's name; null for an auth server.</param>
/// <param name="Server">The server that the mock plays, as host and port.</param>
/// <param name="Head">The head, byte for byte.</param>
/// <param name="Length">The length of the body as it came.</param>
internal sealed record MockRequest(string? Upstream, string Server, MessageHead Head, long Length);
