namespace Confgen.Targets.HAProxy.Syntax;

/// <summary>A line that is neither blank nor a comment alone.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Words">Its words, at least one.</param>
internal sealed record HAProxyLine(int Number, IReadOnlyList<HAProxyWord> Words);
