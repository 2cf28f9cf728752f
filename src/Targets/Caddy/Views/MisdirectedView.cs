using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Caddy.Views;

/// <summary>Connections that were made for another site.</summary>
/// <param name="Others">A regex of the names of other sites; null for all but <paramref name="Own"/>.</param>
/// <param name="Own">A regex of names that are this site's all the same; or null.</param>
[TemplateView]
internal sealed partial record MisdirectedView(string? Others, string? Own);
