using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Nginx.Views;

/// <summary>What holds for every site unless a server or a location says otherwise.</summary>
[TemplateView]
internal sealed partial record CommonView
{
    /// <summary>The size of the buffer for a request's head.</summary>
    public required string Head { get; init; }

    /// <summary>The longest request body.</summary>
    public required string MaxBody { get; init; }

    /// <summary>The longest request head over HTTP/2, where this version has a limit of its own for it; else null.</summary>
    public string? Http2Head { get; init; }

    /// <summary>Blocks of addresses whose X-Forwarded-For is believed.</summary>
    public IReadOnlyList<string> TrustedProxies { get; init; } = [];

    /// <summary>DNS servers; null where names are resolved at the start alone.</summary>
    public string? Resolver { get; init; }

    /// <summary>The longest wait for a name's address; null without DNS servers.</summary>
    public string? ResolverTimeout { get; init; }

    /// <summary>The arguments of each <c>error_page</c>.</summary>
    public IReadOnlyList<string> ErrorPages { get; init; } = [];

    /// <summary>Whether a route limits the rate of requests.</summary>
    public bool LimitsRate { get; init; }

    /// <summary>What every proxied request has; null where nothing is proxied.</summary>
    public ProxyCommonView? Proxy { get; init; }
}
