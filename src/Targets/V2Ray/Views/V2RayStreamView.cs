using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.V2Ray.Views;

/// <summary>What lies between TCP and the protocol; every text is quoted.</summary>
[TemplateView]
internal sealed partial record V2RayStreamView
{
    /// <summary>The path of the WebSocket, or null for TCP alone.</summary>
    public string? WsPath { get; init; }

    /// <summary>Whether TLS is spoken.</summary>
    public bool HasTls { get; init; }

    /// <summary>The portal's certificate file; null on the bridge.</summary>
    public string? Cert { get; init; }

    /// <summary>Its key's file.</summary>
    public string? Key { get; init; }

    /// <summary>The name that the bridge verifies; null on the portal.</summary>
    public string? ServerName { get; init; }

    /// <summary>The file of the authorities that the bridge trusts, or null for the system's.</summary>
    public string? Ca { get; init; }
}
