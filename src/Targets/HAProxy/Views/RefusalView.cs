using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.HAProxy.Views;

/// <summary>Paths that are refused on a site, because they could be read as others.</summary>
/// <param name="Site">The site's name.</param>
/// <param name="Conditions">What must hold of the path.</param>
[TemplateView]
internal sealed partial record RefusalView(string Site, IReadOnlyList<string> Conditions);
