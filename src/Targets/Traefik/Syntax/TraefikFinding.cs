using Confgen.Model.Sources;

namespace Confgen.Targets.Traefik.Syntax;

/// <summary>Something wrong in a file of Traefik.</summary>
/// <param name="Span">The place.</param>
/// <param name="Message">What is wrong, in one line without a full stop.</param>
internal sealed record TraefikFinding(SourceSpan Span, string Message);
