namespace Confgen.Targets.Apache.Syntax;

/// <summary>A fault of a configuration.</summary>
/// <param name="Line">Its line.</param>
/// <param name="Column">Its column.</param>
/// <param name="Message">What is wrong.</param>
internal sealed record ApacheFinding(int Line, int Column, string Message);
