using Confgen.Model.Sources;

namespace Confgen.Runtime;

/// <summary>Why a spec can't be served.</summary>
/// <param name="At">Where the spec says it.</param>
/// <param name="Message">What is wrong, with the way out.</param>
public sealed record StartFailure(SourceSpan At, string Message);
