namespace Confgen.Compiler.Syntax;

/// <summary>A key with its value.</summary>
/// <param name="Key">The key.</param>
/// <param name="Value">The value.</param>
public sealed record EntrySyntax(ScalarSyntax Key, SyntaxNode Value);
