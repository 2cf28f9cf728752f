using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.HAProxy.Views;

/// <summary>Which hosts belong to a site.</summary>
/// <param name="Site">The site's name.</param>
/// <param name="Match">The way of matching and the patterns; empty for every host.</param>
[TemplateView]
internal sealed partial record SiteRuleView(string Site, string Match);
