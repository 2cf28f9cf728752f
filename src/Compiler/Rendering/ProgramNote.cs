namespace Confgen.Compiler.Rendering;

/// <summary>A way in which some versions of a program break the contract whatever the spec says; told once a build.</summary>
/// <param name="Versions">The versions.</param>
/// <param name="Note">What they do, and which release mends it.</param>
/// <param name="LosesData">Whether it can lose a user's data: then it is a warning, else it is for information.</param>
public sealed record ProgramNote(VersionRange Versions, string Note, bool LosesData = false);
