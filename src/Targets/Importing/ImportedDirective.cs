namespace Confgen.Targets.Importing;

/// <summary>A directive of the source with what became of it.</summary>
/// <param name="File">Its file, by the name under which the source knows it.</param>
/// <param name="Line">Its line, from 1.</param>
/// <param name="Text">The directive in one line.</param>
/// <param name="Fate">What became of it.</param>
/// <param name="Paths">The places in the spec that say it, as <c>sites[0].routes[1].proxy</c>; empty unless it is said.</param>
/// <param name="Reason">Why it is implied, dropped or lost; what to know of one that is said, or null.</param>
public sealed record ImportedDirective(string File, int Line, string Text, ImportFate Fate, IReadOnlyList<string> Paths, string? Reason);
