using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.HAProxy.Views;

/// <summary>A listener with the sites that serve there.</summary>
[TemplateView]
internal sealed partial record FrontendView
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Where it listens, with what TLS needs.</summary>
    public required IReadOnlyList<string> Binds { get; init; }

    /// <summary><c>http</c> or <c>https</c>.</summary>
    public required string Scheme { get; init; }

    /// <summary>The longest head in bytes.</summary>
    public required long Head { get; init; }

    /// <summary>The longest wait for a client, which is that for the slowest upstream.</summary>
    public required string ClientTimeout { get; init; }

    /// <summary>The access log; null for none.</summary>
    public AccessLogView? Log { get; init; }

    /// <summary>The site of each host.</summary>
    public required IReadOnlyList<SiteRuleView> Sites { get; init; }

    /// <summary>The same for the name in a handshake; empty where one site alone is served.</summary>
    public required IReadOnlyList<SiteRuleView> NamedSites { get; init; }

    /// <summary>The sites among several that serve clients with a certificate alone.</summary>
    public required IReadOnlyList<string> Certified { get; init; }

    /// <summary>The paths that are refused because they could be read as others.</summary>
    public required IReadOnlyList<RefusalView> Ambiguous { get; init; }

    /// <summary>Whether every host has a site.</summary>
    public bool TakesEveryHost { get; init; }

    /// <summary>The trusted proxies' addresses; empty for none.</summary>
    public required IReadOnlyList<string> TrustedProxies { get; init; }

    /// <summary>Numbers of the addresses in X-Forwarded-For that are looked at, from behind.</summary>
    public required IReadOnlyList<int> Hops { get; init; }

    /// <summary>What later rules need of the request.</summary>
    public required IReadOnlyList<VariableView> Variables { get; init; }

    /// <summary>The redirects to https.</summary>
    public required IReadOnlyList<RedirectView> Redirects { get; init; }

    /// <summary>The routes in the order in which they are tried.</summary>
    public required IReadOnlyList<RouteView> Routes { get; init; }
}
