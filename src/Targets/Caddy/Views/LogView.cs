using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Caddy.Views;

/// <summary>An access log.</summary>
/// <param name="File">The file; null for a stream.</param>
/// <param name="Stream"><c>stdout</c> or <c>stderr</c>; null for a file.</param>
[TemplateView]
internal sealed partial record LogView(string? File, string? Stream);
