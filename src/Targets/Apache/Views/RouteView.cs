using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Apache.Views;

/// <summary>A route of a site.</summary>
/// <param name="Section"><c>If</c>, <c>ElseIf</c> or <c>Else</c>.</param>
/// <param name="Condition">The condition, quoted; empty for <c>Else</c>.</param>
/// <param name="About">What route it is.</param>
/// <param name="Lines">Its lines.</param>
[TemplateView]
internal sealed partial record RouteView(string Section, string Condition, string About, IReadOnlyList<string> Lines);
