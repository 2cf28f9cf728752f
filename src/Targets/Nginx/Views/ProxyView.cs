using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Nginx.Views;

/// <summary>How a request is forwarded.</summary>
[TemplateView]
internal sealed partial record ProxyView
{
    /// <summary>The prefix of the directives: <c>proxy</c>, or <c>grpc</c> for HTTP/2 upstreams.</summary>
    public string Family { get; init; } = "proxy";

    /// <summary>The upstream's URL.</summary>
    public required string Pass { get; init; }

    /// <summary>The protocol's version, where it differs from the common one; else null.</summary>
    public string? HttpVersion { get; init; }

    /// <summary>Whether an auth server is asked.</summary>
    public bool AsksAuth { get; init; }

    /// <summary>What the upstream gets as Host; null for the client's.</summary>
    public string? Host { get; init; }

    /// <summary>Whether no upgrade passes.</summary>
    public bool DropsUpgrades { get; init; }

    /// <summary>Whether nginx says of a name without addresses what it says where no server is left.</summary>
    public bool AlwaysHasServer { get; init; }

    /// <summary>Whether some requests come from trusted proxies.</summary>
    public bool BehindProxies { get; init; }

    /// <summary>Whether the common request fields are repeated, because <see cref="Headers"/> hide them.</summary>
    public bool RepeatsHeaders { get; init; }

    /// <summary>The arguments of <c>proxy_redirect</c>, for each line.</summary>
    public IReadOnlyList<string> Redirects { get; init; } = [];

    /// <summary>The arguments of <c>proxy_cookie_path</c>, for each line.</summary>
    public IReadOnlyList<string> CookiePaths { get; init; } = [];

    /// <summary>The arguments of <c>proxy_cookie_domain</c>, for each line.</summary>
    public IReadOnlyList<string> CookieDomains { get; init; } = [];

    /// <summary>Request fields; none where the inherited ones hold.</summary>
    public IReadOnlyList<HeaderGroupView> Headers { get; init; } = [];

    /// <summary>Whether nginx reads the response ahead of the client, into <see cref="Buffers"/>.</summary>
    public bool BuffersResponse { get; init; }

    /// <summary>Whether the request's body is kept whole, so that a fallback gets it, too.</summary>
    public bool BuffersRequest { get; init; }

    /// <summary>Whether statuses of the upstream are treated like nginx's own errors.</summary>
    public bool Intercepts { get; init; }

    /// <summary>The longest wait for a connection, where it differs from the common one.</summary>
    public string? ConnectTimeout { get; init; }

    /// <summary>The longest wait for the address of the upstream's name, where it differs from the common one.</summary>
    public string? ResolverTimeout { get; init; }

    /// <summary>The longest wait between two writes, where it isn't nginx's own.</summary>
    public string? SendTimeout { get; init; }

    /// <summary>The longest wait between two reads, where it isn't nginx's own.</summary>
    public string? ReadTimeout { get; init; }

    /// <summary>When another server is tried, where it isn't nginx's own.</summary>
    public string? NextUpstream { get; init; }

    /// <summary>How many servers are tried, where it differs from the common number.</summary>
    public int? Tries { get; init; }

    /// <summary>Sizes of buffers; null for the common ones.</summary>
    public BuffersView? Buffers { get; init; }

    /// <summary>TLS to the upstream; null without.</summary>
    public ProxyTlsView? Tls { get; init; }
}
