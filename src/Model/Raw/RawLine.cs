namespace Confgen.Model.Raw;

/// <summary>A line of a program's own language, at its place in the spec.</summary>
/// <param name="Text">The line, with its indentation and without its end.</param>
public sealed record RawLine(string Text) : SpecNode;
