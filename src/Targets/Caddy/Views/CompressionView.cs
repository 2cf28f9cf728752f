using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Caddy.Views;

/// <summary>Compression of responses.</summary>
/// <param name="Name">The codings in their order, as <c>zstd_gzip</c>.</param>
[TemplateView]
internal sealed partial record CompressionView(string Name);
