using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Nginx.Views;

/// <summary>How a request is passed to a FastCGI server.</summary>
[TemplateView]
internal sealed partial record FastCgiView
{
    /// <summary>The server, an upstream's name, or a variable.</summary>
    public required string Pass { get; init; }

    /// <summary>Parameters of this location.</summary>
    public required IReadOnlyList<HeaderView> Params { get; init; }

    /// <summary>Whether some requests come from trusted proxies.</summary>
    public bool BehindProxies { get; init; }

    /// <summary>Whether the fields that all requests have are in a constant file.</summary>
    public bool IncludesFields { get; init; } = true;

    /// <summary>Fields of the request, as parameters.</summary>
    public IReadOnlyList<HeaderGroupView> Fields { get; init; } = [];

    /// <summary>Fields of the response that clients don't get.</summary>
    public IReadOnlyList<string> Hidden { get; init; } = [];

    /// <summary>Whether no missing address is taken for a missing server.</summary>
    public bool AlwaysHasServer { get; init; }

    /// <summary>Whether the response is buffered.</summary>
    public bool BuffersResponse { get; init; }

    /// <summary>Whether statuses of the script are taken for errors.</summary>
    public bool Intercepts { get; init; }

    /// <summary>The longest wait for a connection; null for the usual one, as all below.</summary>
    public string? ConnectTimeout { get; init; }

    public string? ResolverTimeout { get; init; }

    public string? SendTimeout { get; init; }

    public string? ReadTimeout { get; init; }

    public string? NextUpstream { get; init; }

    public int? Tries { get; init; }

    public BuffersView? Buffers { get; init; }
}
