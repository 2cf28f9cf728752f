using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Caddy.Views;

/// <summary>A media type and the file names that have it.</summary>
/// <param name="Pattern">A regex of the suffix, as <c>(?i)^\.(?:htm|html)$</c>, with the mark that <c>map</c> knows it by.</param>
/// <param name="Type">As <c>text/css</c>, quoted.</param>
[TemplateView]
internal sealed partial record MediaTypeView(string Pattern, string Type);
