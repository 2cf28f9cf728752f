using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Apache.Views;

/// <summary>The whole configuration: every text is quoted.</summary>
[TemplateView]
internal sealed partial record ApacheView
{
    /// <summary>The release that will read it.</summary>
    public required string Version { get; init; }

    /// <summary>The modules, each with its name and its file.</summary>
    public required IReadOnlyList<string> Modules { get; init; }

    /// <summary>The user that requests are handled as.</summary>
    public required string User { get; init; }

    /// <summary>The longest line of a request, and field, in bytes.</summary>
    public required long Head { get; init; }

    /// <summary>Whether a text holds what httpd would take for a variable.</summary>
    public bool NeedsDollar { get; init; }

    /// <summary>Whether sites have TLS.</summary>
    public bool HasTls { get; init; }

    /// <summary>Whether a site offers HTTP/2.</summary>
    public bool HasHttp2 { get; init; }

    /// <summary>Whether routes forward to servers.</summary>
    public bool Proxies { get; init; }

    /// <summary>The trusted proxies' addresses; empty for none.</summary>
    public required IReadOnlyList<string> TrustedProxies { get; init; }

    /// <summary>Where to listen.</summary>
    public required IReadOnlyList<string> Listeners { get; init; }

    /// <summary>The conditions of health checks.</summary>
    public required IReadOnlyList<HealthView> Health { get; init; }

    /// <summary>The balancers.</summary>
    public required IReadOnlyList<BalancerView> Balancers { get; init; }

    /// <summary>The virtual hosts.</summary>
    public required IReadOnlyList<VirtualHostView> Hosts { get; init; }
}
