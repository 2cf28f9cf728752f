using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Nginx.Views;

/// <summary>What the templates of files to include see.</summary>
[TemplateView]
internal sealed partial class IncludeView
{
    /// <summary>The version that the output is for.</summary>
    public required string Version { get; init; }

    /// <summary>What stands in the http block; null in a site's file.</summary>
    public HttpView? Http { get; init; }

    /// <summary>The servers of the file.</summary>
    public IReadOnlyList<ServerView> Servers { get; init; } = [];
}
