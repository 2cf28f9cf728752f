using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Caddy.Views;

/// <summary>Files that are sent where they are there, before an upstream is asked.</summary>
[TemplateView]
internal sealed partial record FilesFirstView
{
    public required string Root { get; init; }

    /// <summary>What is looked for, in turn.</summary>
    public required IReadOnlyList<FirstFileView> Tries { get; init; }

    /// <summary>The regex of paths that may be those of scripts, which are never sent; null where there are no scripts.</summary>
    public string? Source { get; init; }

    /// <summary>Whether Caddy sends Vary although nothing varies.</summary>
    public bool SaysVary { get; init; }

    public string? Precompressed { get; init; }

    /// <summary>Whether it is the constant snippet but for the directory.</summary>
    public bool IsUsual { get; init; }
}
