namespace Confgen.Runtime.Observing;

/// <summary>A request that is over, for whoever watches.</summary>
/// <param name="Method">The method.</param>
/// <param name="Host">The host as the client named it.</param>
/// <param name="Target">The raw target, a character for each byte.</param>
/// <param name="Status">The status; 0 where the client left before its response.</param>
/// <param name="Took">From the end of its head to the end of its response.</param>
/// <param name="Upstream">The upstream's name; null where none was asked.</param>
/// <param name="Server">The server's host and port; null where none was asked.</param>
/// <param name="Route">The route's matcher; null where no route took it.</param>
/// <param name="Error">Why the upstream gave no whole response, as a label of <c>confgen_upstream_errors_total</c>; null where it
/// did.</param>
public sealed record ServedRequest(
    string Method,
    string Host,
    string Target,
    int Status,
    TimeSpan Took,
    string? Upstream,
    string? Server,
    string? Route,
    string? Error = null
);
