namespace Confgen.Model.Sites;

/// <summary>A place where connections are accepted.</summary>
public sealed record ListenAddress : SpecNode
{
    /// <summary>The IP address, IPv6 without brackets; null for every address of the host, IPv4 and IPv6.</summary>
    public string? Address { get; init; }

    /// <summary>The TCP port (and UDP port for HTTP/3), 1 to 65535; 0 for a unix socket.</summary>
    public int Port { get; init; }

    /// <summary>The path of a unix socket, instead of address and port.</summary>
    public string? SocketPath { get; init; }

    /// <inheritdoc/>
    public override string ToString() =>
        (SocketPath, Address) switch
        {
            ({ } path, _) => "unix:" + path,
            (_, null) => string.Create(null, $"{Port}"),
            (_, { } v6) when v6.Contains(':', StringComparison.Ordinal) => string.Create(null, $"[{v6}]:{Port}"),
            (_, { } v4) => string.Create(null, $"{v4}:{Port}"),
        };
}
