using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.HAProxy.Views;

/// <summary>Which hosts belong to a site.</summary>
/// <param name="Value">The site's name, as an expression.</param>
/// <param name="When">A condition on the host; empty for every host.</param>
[TemplateView]
internal sealed partial record SiteRuleView(string Value, string When);
