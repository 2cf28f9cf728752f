using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Traefik.Views;

/// <summary>Who may.</summary>
/// <param name="Ranges">The networks.</param>
/// <param name="Proxies">The trusted proxies, behind which the client is found in X-Forwarded-For; empty for none.</param>
[TemplateView]
internal sealed partial record AllowListView(IReadOnlyList<string> Ranges, IReadOnlyList<string> Proxies);
