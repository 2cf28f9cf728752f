using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Nginx.Views;

/// <summary>What holds for every proxied request unless a location says otherwise.</summary>
[TemplateView]
internal sealed partial class ProxyCommonView
{
    /// <summary>The longest wait for a connection.</summary>
    public required string ConnectTimeout { get; init; }

    /// <summary>How many servers are tried.</summary>
    public required int Tries { get; init; }

    /// <summary>Whether this version can pass trailers on.</summary>
    public bool Trailers { get; init; }

    /// <summary>Whether this version can pass informational answers on.</summary>
    public bool EarlyHints { get; init; }

    /// <summary>Request headers that are set; the empty value removes one.</summary>
    public required IReadOnlyList<HeaderGroupView> Headers { get; init; }
}
