using Confgen.Targets.Nginx.Syntax;

namespace Confgen.Targets.Nginx.Building;

/// <summary>How a location reaches an upstream.</summary>
internal sealed record UpstreamTarget
{
    /// <summary><c>http</c>, <c>https</c> or <c>grpc</c>.</summary>
    public required string Scheme { get; init; }

    /// <summary>The block's name, the address, the socket, or a variable that holds one of them.</summary>
    public required string Authority { get; init; }

    /// <summary>Whether <see cref="Authority"/> is a unix socket.</summary>
    public bool IsSocket { get; init; }

    /// <summary>The one server's host and port; null where there are several.</summary>
    public string? HostPort { get; init; }

    /// <summary>The name for SNI and verification; null without TLS.</summary>
    public string? TlsName { get; init; }

    /// <summary>Whether there may be no server left to ask.</summary>
    public bool MayHaveNoServer { get; init; }

    /// <summary>Whether there are servers to turn to after a failure.</summary>
    public bool HasSeveral { get; init; }

    /// <summary>The variable with the cookie that is set for a new session; null without.</summary>
    public string? SetCookie { get; init; }

    /// <summary>The prefix of the location's directives.</summary>
    public string Family => Scheme == "grpc" ? "grpc" : "proxy";

    /// <summary>The URL up to the target, in nginx's own words: it may hold variables.</summary>
    /// <param name="hasTarget">Whether a target follows that is not the client's own.</param>
    public NginxText Url(bool hasTarget) => new NginxText().Written(Scheme + "://" + Authority + (IsSocket && hasTarget ? ":" : ""));
}
