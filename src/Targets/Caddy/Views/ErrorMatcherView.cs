using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Caddy.Views;

/// <summary>A matcher of errors.</summary>
/// <param name="Name">As <c>@api</c>.</param>
/// <param name="Mark">The mark of the route whose errors they are; null for those of all routes.</param>
/// <param name="Origins">A regex of the origins that may read them; null for all.</param>
/// <param name="Expression">A condition, quoted; null for none.</param>
[TemplateView]
internal sealed partial record ErrorMatcherView(string Name, string? Mark, string? Origins, string? Expression);
