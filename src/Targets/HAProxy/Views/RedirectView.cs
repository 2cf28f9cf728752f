using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.HAProxy.Views;

/// <summary>Plain requests for a site with TLS are sent to https.</summary>
/// <param name="Site">The condition on the name of the site.</param>
/// <param name="Status">The status.</param>
/// <param name="Port">The port of the URL with its colon; empty for 443.</param>
[TemplateView]
internal sealed partial record RedirectView(string Site, int Status, string Port);
