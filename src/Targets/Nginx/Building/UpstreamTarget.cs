using Confgen.Targets.Nginx.Syntax;

namespace Confgen.Targets.Nginx.Building;

/// <summary>How a location reaches an upstream.</summary>
internal sealed record UpstreamTarget
{
    /// <summary><c>http</c>, <c>https</c>, <c>grpc</c> or <c>fastcgi</c>.</summary>
    public required string Scheme { get; init; }

    /// <summary>The block's name, or a variable that holds an address.</summary>
    public required string Authority { get; init; }

    /// <summary>The one server's host and port; null where there are several.</summary>
    public string? HostPort { get; init; }

    /// <summary>The name for SNI and verification; null without TLS.</summary>
    public string? TlsName { get; init; }

    /// <summary>
    /// Whether nginx says of a name without addresses what it says where no server is left: that is 502 and not 503.
    /// </summary>
    public bool AlwaysHasServer { get; init; }

    /// <summary>Whether there are servers to turn to after a failure.</summary>
    public bool HasSeveral { get; init; }

    /// <summary>The variable with the cookie that is set for a new session; null without.</summary>
    public string? SetCookie { get; init; }

    /// <summary>The prefix of the location's directives.</summary>
    public string Family => Scheme == "grpc" ? "grpc" : "proxy";

    /// <summary>The URL up to the target, in nginx's own words: it may hold variables.</summary>
    public NginxText Url() => new NginxText().Written(Scheme + "://" + Authority);
}
