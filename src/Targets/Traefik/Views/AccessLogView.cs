using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Traefik.Views;

/// <summary>The access log of all sites.</summary>
/// <param name="Format">Its format; null for Traefik's own.</param>
/// <param name="File">Its file; null for the standard output.</param>
[TemplateView]
internal sealed partial record AccessLogView(string? Format, string? File);
