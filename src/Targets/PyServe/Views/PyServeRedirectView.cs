using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.PyServe.Views;

/// <summary>An entry of <c>server.redirect_instructions</c>, quoted.</summary>
/// <param name="From">The path.</param>
/// <param name="To">The Location.</param>
[TemplateView]
internal sealed partial record PyServeRedirectView(string From, string To);
