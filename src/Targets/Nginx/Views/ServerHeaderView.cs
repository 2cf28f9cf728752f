using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Nginx.Views;

/// <summary>What becomes of the Server header, by the headers-more module.</summary>
/// <param name="Line">The header's line, quoted; null where it is removed.</param>
[TemplateView]
internal sealed partial record ServerHeaderView(string? Line);
