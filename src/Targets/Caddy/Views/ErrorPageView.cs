using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Caddy.Views;

/// <summary>The response to an error.</summary>
[TemplateView]
internal sealed partial record ErrorPageView
{
    /// <summary>The name of its matcher.</summary>
    public required string Matcher { get; init; }

    /// <summary>The mark of its route; null where it is for all.</summary>
    public string? Mark { get; init; }

    /// <summary>The placeholder of an error's status.</summary>
    public required string StatusKey { get; init; }

    /// <summary>The status, or the first digit of a class.</summary>
    public required string When { get; init; }

    /// <summary>Whether it is for a class of statuses.</summary>
    public bool IsClass { get; init; }

    /// <summary>The directory of the file, or null.</summary>
    public string? Root { get; init; }

    /// <summary>The file in it, with a slash before it.</summary>
    public string? File { get; init; }

    /// <summary>Whether Caddy sends Vary with the file although nothing varies.</summary>
    public bool SaysVary { get; init; }

    /// <summary>The status of a file or a text.</summary>
    public string? Status { get; init; }

    public RespondView? Respond { get; init; }

    public ProxyView? Proxy { get; init; }
}
