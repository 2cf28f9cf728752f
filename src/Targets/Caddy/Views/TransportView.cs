using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Caddy.Views;

/// <summary>Options of the connections to an upstream, except time-outs.</summary>
[TemplateView]
internal sealed partial record TransportView
{
    /// <summary>
    /// The longest wait for a write; null for none. Without TLS, Go sends a body of known length in one system call, which the limit would
    /// cut.
    /// </summary>
    public string? WriteTimeout { get; init; }

    public string? ReadBuffer { get; init; }

    public string? WriteBuffer { get; init; }

    /// <summary>How long an idle connection is kept, or <c>off</c>; null for Caddy's own.</summary>
    public string? Keepalive { get; init; }

    public int? IdleConnections { get; init; }

    public bool SkipsVerification { get; init; }

    public string? Ca { get; init; }

    public string? ServerName { get; init; }

    public string? ClientCertificate { get; init; }
}
