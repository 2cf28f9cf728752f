namespace Confgen.Targets.Apache.Syntax;

/// <summary>An argument of a directive as httpd reads it.</summary>
/// <param name="Text">Its text without quotes and escapes.</param>
/// <param name="Line">Its line.</param>
/// <param name="Column">Where it starts.</param>
internal readonly record struct ApacheWord(string Text, int Line, int Column);
