using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Nginx.Views;

/// <summary>Files that are served.</summary>
[TemplateView]
internal sealed partial record FilesView
{
    /// <summary>Whether <see cref="Path"/> is an <c>alias</c> of the location instead of a <c>root</c>.</summary>
    public bool IsAlias { get; init; }

    /// <summary>The directory, or the file of an alias.</summary>
    public required string Path { get; init; }

    /// <summary>The Content-Type of files without a known suffix; null where the inherited one holds.</summary>
    public string? Type { get; init; }

    /// <summary>Whether no suffix has a Content-Type.</summary>
    public bool DropsTypes { get; init; }

    /// <summary>The arguments of <c>try_files</c>; or null.</summary>
    public string? Try { get; init; }

    /// <summary>Whether a directory without an index is listed.</summary>
    public bool Browse { get; init; }

    /// <summary>Whether symbolic links are refused, where <see cref="IsServed"/> doesn't say so.</summary>
    public bool NoLinks { get; init; }

    /// <summary>Whether requests are for these files.</summary>
    public bool IsServed { get; init; }

    /// <summary>Whether requests are for these files where they are there, and for an upstream else.</summary>
    public bool IsFirst { get; init; }

    /// <summary>Whether files are looked for that are compressed already.</summary>
    public bool Precompressed { get; init; }

    public bool GzipStatic { get; init; }

    public bool BrotliStatic { get; init; }

    public bool ZstdStatic { get; init; }
}
