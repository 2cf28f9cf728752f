using Confgen.Compiler;

namespace Confgen.Cli.Diffing;

/// <summary>One side of a comparison.</summary>
/// <param name="Name">Its name as the caller gave it.</param>
/// <param name="Prefix">What is put before its files' names: the revision, or nothing.</param>
/// <param name="Compilation">The compiled spec.</param>
internal sealed record DiffSide(string Name, string Prefix, Compilation Compilation);
