using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Caddy.Views;

/// <summary>A name of a site, to be found in any case.</summary>
/// <param name="Pattern">A regex of it, with the mark that <c>map</c> knows it by.</param>
/// <param name="Name">The name in lower case.</param>
[TemplateView]
internal sealed partial record HostNameView(string Pattern, string Name);
