using Confgen.Model.Sources;

namespace Confgen.Model.Diagnostics;

/// <summary>A second place that a diagnostic speaks of, as the first of two definitions.</summary>
/// <param name="Span">The place.</param>
/// <param name="Message">What stands there.</param>
public sealed record RelatedSpan(SourceSpan Span, string Message);
