using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Traefik.Views;

/// <summary>Where requests are sent.</summary>
/// <param name="Regex">What the URL is.</param>
/// <param name="To">What it becomes.</param>
/// <param name="Permanent">Whether for good.</param>
[TemplateView]
internal sealed partial record RedirectView(string Regex, string To, bool Permanent);
