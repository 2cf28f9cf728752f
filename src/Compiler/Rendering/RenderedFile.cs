namespace Confgen.Compiler.Rendering;

/// <summary>A file of the output.</summary>
/// <param name="Path">Its name below the target's folder, with <c>/</c>, as <c>nginx.conf</c> or <c>conf.d/chat.conf</c>.</param>
/// <param name="Text">Its content.</param>
/// <param name="HoldsSecrets">Whether it must be readable by its owner alone.</param>
public sealed record RenderedFile(string Path, string Text, bool HoldsSecrets = false)
{
    /// <summary>Whether the text is the same for every spec, by the version of the program alone.</summary>
    public bool IsConstant { get; init; }
}
