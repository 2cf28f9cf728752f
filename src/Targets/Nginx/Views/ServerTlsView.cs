using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Nginx.Views;

/// <summary>TLS towards clients.</summary>
[TemplateView]
internal sealed partial class ServerTlsView
{
    /// <summary>The file with the certificate chain.</summary>
    public required string Certificate { get; init; }

    /// <summary>The file with the private key.</summary>
    public required string Key { get; init; }

    /// <summary>The versions offered; null where the http block says them.</summary>
    public string? Protocols { get; init; }

    /// <summary>Whether sessions are kept, and the http block doesn't say so.</summary>
    public bool KeepsSessions { get; init; }

    /// <summary>The cipher suites; null for nginx's own.</summary>
    public string? Ciphers { get; init; }

    /// <summary>The file with the authorities of client certificates; null where none is asked for.</summary>
    public string? ClientCa { get; init; }
}
