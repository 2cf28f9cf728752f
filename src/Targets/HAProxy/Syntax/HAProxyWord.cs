namespace Confgen.Targets.HAProxy.Syntax;

/// <summary>A word of a line as HAProxy reads it.</summary>
/// <param name="Text">Its text without quotes and escapes.</param>
/// <param name="Column">Where it starts.</param>
internal readonly record struct HAProxyWord(string Text, int Column);
