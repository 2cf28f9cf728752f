using Confgen.Model.Sources;

namespace Confgen.Targets.PyServe.Reading;

/// <summary>A plain prefix that an earlier rule takes.</summary>
/// <param name="Prefix">The prefix.</param>
/// <param name="Span">The rule's path.</param>
internal sealed record TakenPath(string Prefix, SourceSpan Span);
