using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Nginx.Views;

/// <summary>Compression of responses.</summary>
/// <param name="Gzip">Whether by gzip.</param>
/// <param name="Brotli">Whether by Brotli's module.</param>
/// <param name="Zstd">Whether by Zstandard's module.</param>
[TemplateView]
internal sealed partial record CompressionView(bool Gzip, bool Brotli, bool Zstd);
