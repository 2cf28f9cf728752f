using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Nginx.Views;

/// <summary>The size of a hash table.</summary>
/// <param name="Bucket">The size of a bucket in bytes; null for nginx's default.</param>
/// <param name="Max">The most buckets; null for nginx's default.</param>
[TemplateView]
internal sealed partial record HashSizeView(int? Bucket, long? Max);
