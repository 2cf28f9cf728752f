using Confgen.Compiler.Syntax;

namespace Confgen.Compiler.Schema;

/// <summary>A value that a file of a spec writes, and what it may be.</summary>
/// <param name="Field">The field that it belongs to, as a whole or as an element of its list or map.</param>
/// <param name="Type">What the language says of it there.</param>
/// <param name="Node">The value.</param>
internal sealed record WrittenValue(Field Field, TypeSchema Type, SyntaxNode Node);
