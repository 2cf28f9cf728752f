using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Nginx.Views;

/// <summary>TLS towards an upstream.</summary>
[TemplateView]
internal sealed partial class ProxyTlsView
{
    /// <summary>The name for SNI and verification.</summary>
    public required string Name { get; init; }

    /// <summary>The file with the authorities to trust; null where the certificate is not verified.</summary>
    public string? Trusted { get; init; }

    /// <summary>The file with the client certificate; or null.</summary>
    public string? Certificate { get; init; }

    /// <summary>The file with its key.</summary>
    public string? Key { get; init; }
}
