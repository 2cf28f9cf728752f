namespace Confgen.Compiler.Rendering;

/// <summary>A program that a spec is rendered for.</summary>
public interface IRenderingTarget : ITarget
{
    /// <summary>
    /// Renders the spec. Called only after <see cref="ITarget.Check"/> and the capabilities raised no error. What it returns was parsed,
    /// checked and formatted; a fault of a template is reported and leaves the result empty.
    /// </summary>
    IReadOnlyList<RenderedFile> Render(RenderContext context);

    /// <summary>What it writes the same for every spec; null for nothing.</summary>
    ConstantOutput? Constants => null;
}
