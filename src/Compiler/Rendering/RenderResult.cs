using Confgen.Model.Diagnostics;

namespace Confgen.Compiler.Rendering;

/// <summary>The result for one target.</summary>
/// <param name="Target">The target.</param>
/// <param name="Files">Its files; none where a diagnostic is an error.</param>
/// <param name="Diagnostics">What was found for this target, beside what holds for every one.</param>
public sealed record RenderResult(ITarget Target, IReadOnlyList<RenderedFile> Files, IReadOnlyList<Diagnostic> Diagnostics);
