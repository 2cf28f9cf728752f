using Confgen.Model.Sites;
using Confgen.Model.Upstreams;

namespace Confgen.Model.Streams;

/// <summary>A port whose connections are passed on as they are: TCP, and TLS that isn't terminated.</summary>
public sealed record TcpStream : SpecNode
{
    /// <summary>The name under <c>streams:</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Where it listens; at least one.</summary>
    public ValueList<ListenAddress> Listen { get; init; } = [];

    /// <summary>
    /// Where connections go; beside <see cref="Sni"/> those that no name takes. Null where these are closed.
    /// </summary>
    public Upstream? Upstream { get; init; }

    /// <summary>Where connections go by the name in their TLS handshake, in the order written.</summary>
    public ValueList<SniRoute> Sni { get; init; } = [];

    /// <summary>What PROXY protocol is spoken.</summary>
    public ProxyProtocol ProxyProtocol { get; init; } = new();

    /// <summary>The longest waits.</summary>
    public StreamTimeouts Timeouts { get; init; } = new();

    /// <summary>Every upstream that it uses.</summary>
    public IEnumerable<Upstream> Upstreams => Sni.Select(static s => s.Upstream).Concat(Upstream is { } rest ? [rest] : []);

    /// <summary>
    /// The upstream of a connection; null where it is closed. A full name goes before a star, and the rest is whatever no name takes.
    /// </summary>
    /// <param name="serverName">The name in its TLS handshake, in lower case; null for none.</param>
    public Upstream? Choose(string? serverName) =>
        serverName is null
            ? Upstream
            : (
                Sni.FirstOrDefault(s => s.Host.Kind == Units.HostPatternKind.Exact && s.Host.Matches(serverName))
                ?? Sni.FirstOrDefault(s => s.Host.Matches(serverName))
            )?.Upstream
                ?? Upstream;
}
