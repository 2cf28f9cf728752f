using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Traefik.Views;

/// <summary>What servers are asked.</summary>
/// <param name="Path">The target.</param>
/// <param name="Interval">How often.</param>
/// <param name="Timeout">How long a response may take.</param>
/// <param name="Status">The status that passes; null for success and redirects.</param>
[TemplateView]
internal sealed partial record HealthView(string Path, string Interval, string Timeout, int? Status);
