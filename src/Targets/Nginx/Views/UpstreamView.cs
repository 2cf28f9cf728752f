using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Nginx.Views;

/// <summary>A group of upstream servers.</summary>
[TemplateView]
internal sealed partial class UpstreamView
{
    /// <summary>The block's name.</summary>
    public required string Name { get; init; }

    /// <summary>Why the block is as it is, with a <c>#</c>; or null.</summary>
    public string? Comment { get; init; }

    /// <summary>The size of the memory that workers share about it; null where they share nothing.</summary>
    public string? Zone { get; init; }

    /// <summary>The balancing method as a directive, without its semicolon; null for round robin.</summary>
    public string? Method { get; init; }

    /// <summary>DNS servers of this group alone, with the time for which an answer is used; else null.</summary>
    public string? Resolver { get; init; }

    /// <summary>The arguments of each <c>server</c>.</summary>
    public required IReadOnlyList<string> Servers { get; init; }

    /// <summary>Idle connections that each worker keeps; null for nginx's own.</summary>
    public int? Keepalive { get; init; }

    /// <summary>How long an idle connection is kept.</summary>
    public string? KeepaliveTimeout { get; init; }
}
