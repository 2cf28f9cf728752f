using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Nginx.Views;

/// <summary>A group of upstream servers.</summary>
[TemplateView]
internal sealed partial class UpstreamView
{
    /// <summary>The block's name.</summary>
    public required string Name { get; init; }

    /// <summary>What <c>nginx/purpose</c> says a comment about; null for none.</summary>
    public string? Purpose { get; init; }

    /// <summary>The size of the memory that workers share about it; null where they share nothing.</summary>
    public string? Zone { get; init; }

    /// <summary>How requests are shared out; null for round robin.</summary>
    public BalanceView? Balance { get; init; }

    /// <summary>DNS servers of this group alone, with the time for which an answer is used; else null.</summary>
    public string? Resolver { get; init; }

    /// <summary>The servers.</summary>
    public required IReadOnlyList<UpstreamServerView> Servers { get; init; }

    /// <summary>Idle connections that each worker keeps; null for nginx's own.</summary>
    public int? Keepalive { get; init; }

    /// <summary>How long an idle connection is kept.</summary>
    public string? KeepaliveTimeout { get; init; }
}
