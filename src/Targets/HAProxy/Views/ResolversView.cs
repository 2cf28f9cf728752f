using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.HAProxy.Views;

/// <summary>The system's name servers, asked again after a time.</summary>
/// <param name="Name">The section's name.</param>
/// <param name="Refresh">The time.</param>
[TemplateView]
internal sealed partial record ResolversView(string Name, string Refresh);
