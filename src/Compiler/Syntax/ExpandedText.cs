namespace Confgen.Compiler.Syntax;

/// <summary>A scalar's text after its variables were replaced.</summary>
/// <param name="Text">The text; as it was written where there is a fault.</param>
/// <param name="Fault">Why it could not be done.</param>
/// <param name="Variable">The variable at fault, or empty.</param>
internal readonly record struct ExpandedText(string Text, ExpansionFault Fault, string Variable);
