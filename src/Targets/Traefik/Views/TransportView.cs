using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Traefik.Views;

/// <summary>How servers are spoken to.</summary>
[TemplateView]
internal sealed partial record TransportView
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The longest wait for a connection.</summary>
    public required string Connect { get; init; }

    /// <summary>The longest wait for the head of a response.</summary>
    public required string Head { get; init; }

    /// <summary>How long an idle connection is kept; null for Traefik's own.</summary>
    public string? Idle { get; init; }

    /// <summary>How many idle connections are kept; null for Traefik's own.</summary>
    public int? MostIdle { get; init; }

    /// <summary>Whether certificates aren't verified.</summary>
    public bool Unverified { get; init; }

    /// <summary>The name for SNI and for verification; null for the server's own.</summary>
    public string? ServerName { get; init; }

    /// <summary>The authorities to trust; null for the system's.</summary>
    public string? Ca { get; init; }

    /// <summary>The client certificate; null for none.</summary>
    public CertificateView? Certificate { get; init; }
}
