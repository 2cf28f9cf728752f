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

    /// <summary>The versions of TLS that most sites offer; null where none has TLS.</summary>
    public string? Protocols { get; init; }

    /// <summary>Whether sessions of TLS are kept.</summary>
    public bool KeepsSessions { get; init; }

    /// <summary>Whether some requests come from trusted proxies.</summary>
    public bool BehindProxies => TrustedProxies.Count > 0;
}
