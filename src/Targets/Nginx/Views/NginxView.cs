using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Nginx.Views;

/// <summary>
/// What <c>nginx/nginx.conf.scriban</c> sees: a complete configuration. Every text in a view is quoted for its place already.
/// </summary>
[TemplateView]
internal sealed partial class NginxView
{
    /// <summary>The version that the output is for.</summary>
    public required string Version { get; init; }

    /// <summary>The user that workers run as; nginx's own where null.</summary>
    public string? User { get; init; }

    /// <summary>Files of dynamic modules to load.</summary>
    public IReadOnlyList<string> Modules { get; init; } = [];

    /// <summary>What stands in the stream block; null for none.</summary>
    public StreamsView? Streams { get; init; }

    /// <summary>What stands in the http block beside the servers.</summary>
    public required HttpView Http { get; init; }

    /// <summary>The servers.</summary>
    public required IReadOnlyList<ServerView> Servers { get; init; }
}
