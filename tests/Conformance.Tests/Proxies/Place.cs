namespace Confgen.Conformance.Tests.Proxies;

/// <summary>Where a program runs, and what it is told from outside of its configuration.</summary>
/// <param name="Spec">The spec's file.</param>
/// <param name="Variables">The variables of the environment that the spec reads.</param>
/// <param name="Folder">An empty folder for the program's files.</param>
/// <param name="Ports">The ports at which it must listen.</param>
/// <param name="DnsServer">The name server that it asks instead of the system's, or null.</param>
/// <param name="AdminPort"> Where it can be managed; with it the program runs as in production: nginx with a master process, Caddy and
/// <c>confgen serve</c> with their admin endpoints.
/// </param>
internal sealed record Place(
    string Spec,
    IReadOnlyDictionary<string, string> Variables,
    string Folder,
    IReadOnlyCollection<int> Ports,
    string? DnsServer = null,
    int? AdminPort = null
);
