namespace Confgen.Conformance.Tests.Cases;

/// <summary>
/// What must happen. Whatever is left out is the contract's own default: the request arrives as it was sent, less hop-by-hop headers and
/// with those that tell of the client, and the response comes back as it was given; without an upstream the response is empty.
/// </summary>
internal sealed record Expectation
{
    /// <summary>The backends that see the request, in their order; none where the proxy answers itself; null where any one may.</summary>
    public IReadOnlyList<string>? At { get; init; } = [];

    /// <summary>The target at the upstream; as sent unless given.</summary>
    public string? Target { get; init; }

    /// <summary>The version of HTTP/1 in which it arrives.</summary>
    public string Version { get; init; } = "1.1";

    /// <summary>The method at the upstream; as sent unless given.</summary>
    public string? Method { get; init; }

    /// <summary>Headers at the upstream that are not as by default.</summary>
    public IReadOnlyList<HeaderCheck> Upstream { get; init; } = [];

    /// <summary>The body at the upstream; as sent unless given. <c>(any)</c> isn't looked at, <c>(cut)</c> is never whole.</summary>
    public string? UpstreamBody { get; init; }

    /// <summary>The trailers at the upstream.</summary>
    public IReadOnlyList<string>? UpstreamTrailers { get; init; }

    /// <summary>What servers that are asked beside the upstream must see, by name.</summary>
    public IReadOnlyDictionary<string, Asked> Asked { get; init; } = new Dictionary<string, Asked>();

    /// <summary>The statuses that the client may get; the upstream's unless given.</summary>
    public IReadOnlyList<int>? Status { get; init; }

    /// <summary>Headers at the client that are not as by default.</summary>
    public IReadOnlyList<HeaderCheck> Reply { get; init; } = [];

    /// <summary>A piece of the body at the client.</summary>
    public string? ReplyContains { get; init; }

    /// <summary>The body at the client; the upstream's unless given. <c>(any)</c> isn't looked at.</summary>
    public string? ReplyBody { get; init; }

    /// <summary>The trailers at the client.</summary>
    public IReadOnlyList<string>? ReplyTrailers { get; init; }

    /// <summary>Whether the response's body is whole; as the upstream's unless given.</summary>
    public bool? Complete { get; init; }

    /// <summary>The 1xx statuses that the client gets first; not looked at where null.</summary>
    public IReadOnlyList<int>? Interim { get; init; }

    /// <summary>Whether the client gets no response at all: the connection just ends, or TLS fails.</summary>
    public bool NoResponse { get; init; }

    /// <summary>Whether the program may refuse in its own way: by a 4xx or by ending the connection.</summary>
    public bool Refused { get; init; }

    /// <summary>
    /// Whether the program may show in its own way that the upstream's response was broken: by a 502, by a cut body, or by ending the
    /// connection.
    /// </summary>
    public bool Broken { get; init; }

    /// <summary>Whether the response is the proxy's own although an upstream gave one.</summary>
    public bool Own { get; init; }

    /// <summary>What comes back over an upgraded connection; each message unless given.</summary>
    public IReadOnlyList<string>? Echoes { get; init; }

    /// <summary>Whether the upstream's exchange is ended when the client has left.</summary>
    public bool UpstreamEnded { get; init; }

    /// <summary>A name for which the server's certificate must be.</summary>
    public string? Certificate { get; init; }

    /// <summary>What a log says in the end.</summary>
    public LogCheck? Logged { get; init; }

    /// <summary>Whether the connection is closed after the response.</summary>
    public bool Closes { get; init; }

    /// <summary>What is given of this, by the names under which exchanges are compared.</summary>
    public IReadOnlySet<string> Given { get; init; } = new HashSet<string>();

    /// <summary>Whether nothing is expected but that the programs agree.</summary>
    public bool Open { get; init; }

    /// <summary>Whether an upstream's response with this status is what the client gets.</summary>
    public bool Relays(int status) => !Own && (At is null || At.Count > 0) && (Status is null || Status.Contains(status));
}
