using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Caddy.Views;

/// <summary>Files of a directory.</summary>
[TemplateView]
internal sealed partial record FilesView
{
    public required string Root { get; init; }

    /// <summary>The names tried in a directory.</summary>
    public required string Index { get; init; }

    /// <summary>The paths that are tried in turn; null for the request's own alone.</summary>
    public string? Try { get; init; }

    public bool Browse { get; init; }

    /// <summary>The files whose being there sends a directory without its slash to the name with it; empty where Caddy does that.</summary>
    public string Redirects { get; init; } = "";

    /// <summary>Whether what isn't there is found out before Caddy responds.</summary>
    public bool LooksFirst { get; init; }

    /// <summary>Whether Caddy sends Vary although nothing varies.</summary>
    public bool SaysVary { get; init; }

    public string? Precompressed { get; init; }

    /// <summary>Whether it is one of the constant snippets but for the directory and the page.</summary>
    public bool IsUsual { get; init; }

    /// <summary>With <see cref="IsUsual"/>: the page in place of files that aren't there; null for 404.</summary>
    public string? Page { get; init; }
}
