using Confgen.Model.Sources;

namespace Confgen.Targets.V2Ray.Syntax;

/// <summary>Something wrong in a V2Ray configuration.</summary>
/// <param name="Span">The place.</param>
/// <param name="Message">What is wrong, in one line without a full stop.</param>
internal sealed record V2RayFinding(SourceSpan Span, string Message);
