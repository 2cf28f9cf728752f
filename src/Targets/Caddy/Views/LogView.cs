using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Caddy.Views;

/// <summary>An access log.</summary>
/// <param name="Output">As <c>file /var/log/a.log</c> or <c>stdout</c>.</param>
[TemplateView]
internal sealed partial record LogView(string Output);
