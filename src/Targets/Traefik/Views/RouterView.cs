using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Traefik.Views;

/// <summary>Which requests go where.</summary>
[TemplateView]
internal sealed partial record RouterView
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The site and the path, for people.</summary>
    public required string About { get; init; }

    /// <summary>The listeners.</summary>
    public required IReadOnlyList<string> EntryPoints { get; init; }

    /// <summary>What must hold.</summary>
    public required string Rule { get; init; }

    /// <summary>Of several that fit, the one with the highest is taken.</summary>
    public required int Priority { get; init; }

    /// <summary>What requests and responses pass, the outermost first.</summary>
    public required IReadOnlyList<string> Middlewares { get; init; }

    /// <summary>Where they go.</summary>
    public required string Service { get; init; }

    /// <summary>Whether it is for connections with TLS.</summary>
    public bool Tls { get; init; }

    /// <summary>What handshakes for its hosts need; null for the default.</summary>
    public string? TlsOptions { get; init; }

    /// <summary>Who gets the certificate; null for nobody.</summary>
    public string? Resolver { get; init; }

    /// <summary>Whether its requests stay out of the access log.</summary>
    public bool Unlogged { get; init; }
}
