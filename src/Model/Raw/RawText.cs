namespace Confgen.Model.Raw;

/// <summary>The lines for one program.</summary>
/// <param name="Target">The target that renders for it, as <c>nginx</c>.</param>
/// <param name="Lines">The lines, empty ones included.</param>
public sealed record RawText(string Target, ValueList<RawLine> Lines);
