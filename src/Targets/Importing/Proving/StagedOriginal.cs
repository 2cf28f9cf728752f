using Confgen.Compiler.Rendering;

namespace Confgen.Targets.Importing.Proving;

/// <summary>A configuration that can be run on this machine.</summary>
/// <param name="Files">Its files, the main one first.</param>
/// <param name="Paths">Paths that it names, from which requests are made.</param>
/// <param name="Dropped">What is left out, for the user to know.</param>
public sealed record StagedOriginal(IReadOnlyList<RenderedFile> Files, IReadOnlyList<NamedPath> Paths, IReadOnlyList<string> Dropped);
