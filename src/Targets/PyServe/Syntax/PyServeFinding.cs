using Confgen.Model.Sources;

namespace Confgen.Targets.PyServe.Syntax;

/// <summary>Something wrong in a PyServe configuration.</summary>
/// <param name="Fault">The kind.</param>
/// <param name="Span">The place.</param>
/// <param name="Message">What is wrong, in one line without a full stop.</param>
/// <param name="Hint">The way out, or null.</param>
internal sealed record PyServeFinding(PyServeFault Fault, SourceSpan Span, string Message, string? Hint = null);
