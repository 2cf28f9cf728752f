namespace Confgen.Compiler.Rendering;

/// <summary>A file, or a snippet of one, that is the same for every spec.</summary>
/// <param name="Name">What the rest of the output includes it by.</param>
/// <param name="Text">Its lines, with the comments that explain them; the first comment is about all of it.</param>
public sealed record ConstantPart(string Name, string Text);
