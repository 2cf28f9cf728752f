using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Traefik.Views;

/// <summary>The whole configuration, static and dynamic: every text is quoted.</summary>
[TemplateView]
internal sealed partial record TraefikView
{
    /// <summary>The release that will read it.</summary>
    public required string Version { get; init; }

    /// <summary>Where Traefik finds the dynamic file.</summary>
    public required string DynamicFile { get; init; }

    /// <summary>The listeners.</summary>
    public required IReadOnlyList<EntryPointView> EntryPoints { get; init; }

    /// <summary>Who gets certificates; null for nobody.</summary>
    public ResolverView? Resolver { get; init; }

    /// <summary>The access log; null for none.</summary>
    public AccessLogView? AccessLog { get; init; }

    /// <summary>The routers, those of the highest priority first.</summary>
    public required IReadOnlyList<RouterView> Routers { get; init; }

    /// <summary>The middlewares that routers name.</summary>
    public required IReadOnlyList<MiddlewareView> Middlewares { get; init; }

    /// <summary>The services that routers name.</summary>
    public required IReadOnlyList<ServiceView> Services { get; init; }

    /// <summary>How servers are spoken to.</summary>
    public required IReadOnlyList<TransportView> Transports { get; init; }

    /// <summary>The certificates.</summary>
    public required IReadOnlyList<CertificateView> Certificates { get; init; }

    /// <summary>The certificate for names that no other has; null for none.</summary>
    public CertificateView? DefaultCertificate { get; init; }

    /// <summary>What handshakes need.</summary>
    public required IReadOnlyList<TlsOptionsView> TlsOptions { get; init; }

    /// <summary>Whether anything is said of TLS.</summary>
    public bool HasTls => Certificates.Count > 0 || TlsOptions.Count > 0;
}
