using Confgen.Model.Sources;

namespace Confgen.Model.Diagnostics;

/// <summary>A change of a file of the spec.</summary>
/// <param name="Span">What is replaced; a span without length is a place to insert at.</param>
/// <param name="Text">What stands there afterwards.</param>
public sealed record TextEdit(SourceSpan Span, string Text);
