using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Caddy.Views;

/// <summary>Probes in the background.</summary>
[TemplateView]
internal sealed partial record HealthView(string Uri, string Interval, string Timeout, string Status);
