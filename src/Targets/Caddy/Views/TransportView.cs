using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Caddy.Views;

/// <summary>The connections to an upstream.</summary>
[TemplateView]
internal sealed partial record TransportView
{
    public required string DialTimeout { get; init; }

    /// <summary>
    /// The longest wait for a write; null for none. Without TLS, Go sends a body of known length in one system call, which the limit would cut.
    /// </summary>
    public string? WriteTimeout { get; init; }

    /// <summary>The longest silence of an upgraded connection; null where the connection also carries other requests.</summary>
    public string? ReadTimeout { get; init; }

    /// <summary>The wait for the answer's head, or null where the transport can't limit it.</summary>
    public string? ResponseHeaderTimeout { get; init; }

    public string? ReadBuffer { get; init; }

    public string? WriteBuffer { get; init; }

    /// <summary>How long an idle connection is kept, or <c>off</c>; null for Caddy's own.</summary>
    public string? Keepalive { get; init; }

    public int? IdleConnections { get; init; }

    public bool SkipsVerification { get; init; }

    public string? Ca { get; init; }

    /// <summary>Whether the release has <c>tls_trust_pool</c>.</summary>
    public bool TrustPools { get; init; }

    public string? ServerName { get; init; }

    public string? ClientCertificate { get; init; }
}
