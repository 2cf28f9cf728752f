using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Nginx.Views;

/// <summary>A server whose connections are passed on as they are.</summary>
[TemplateView]
internal sealed partial record StreamView
{
    /// <summary>The name in the spec.</summary>
    public required string Name { get; init; }

    /// <summary>The addresses that it listens on.</summary>
    public required IReadOnlyList<string> Listens { get; init; }

    /// <summary>Whether connections begin with a PROXY header.</summary>
    public bool AcceptsProxyProtocol { get; init; }

    /// <summary>Whether connections to servers do.</summary>
    public bool SendsProxyProtocol { get; init; }

    /// <summary>The longest wait for what connections begin with; null where nothing is awaited.</summary>
    public string? Hello { get; init; }

    /// <summary>Whether the name in the TLS handshake is read.</summary>
    public bool ReadsNames { get; init; }

    /// <summary>For a connection to a server.</summary>
    public required string ConnectTimeout { get; init; }

    /// <summary>How long neither side may send anything.</summary>
    public required string IdleTimeout { get; init; }

    /// <summary>Whether nginx knows how to end one direction and keep the other.</summary>
    public bool HalfClose { get; init; }

    /// <summary>How many servers are tried; 1 for no other, null for all.</summary>
    public int? Tries { get; init; }

    /// <summary>The group, or the variable that names one.</summary>
    public required string Pass { get; init; }
}
