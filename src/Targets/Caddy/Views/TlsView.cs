using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Caddy.Views;

/// <summary>TLS of a site, where it is not Caddy's automatic one alone.</summary>
[TemplateView]
internal sealed partial record TlsView
{
    /// <summary><c>internal</c>, or the two files; empty for automatic certificates.</summary>
    public string Source { get; init; } = "";

    /// <summary>The lowest version, or null for Caddy's own, 1.2.</summary>
    public string? MinVersion { get; init; }

    /// <summary>Cipher suites by Go's names, or null.</summary>
    public string? Ciphers { get; init; }

    /// <summary>The authorities of client certificates, or null.</summary>
    public string? ClientCa { get; init; }

    /// <summary>Whether the site's names are none that a certificate could be got for, which Caddy takes with an issuer alone.</summary>
    public bool NamesIssuer { get; init; }

    public bool HasOptions => NamesIssuer || MinVersion is not null || Ciphers is not null || ClientCa is not null;
}
