using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Caddy.Views;

/// <summary>Compression of answers.</summary>
/// <param name="Formats">As <c>zstd gzip</c>.</param>
/// <param name="Snippet">The snippet that says it where it is used more than once; else null.</param>
[TemplateView]
internal sealed partial record CompressionView(string Formats, string? Snippet);
