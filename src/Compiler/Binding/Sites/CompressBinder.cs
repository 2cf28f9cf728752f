using Confgen.Compiler.Schema;
using Confgen.Model.Sites;

namespace Confgen.Compiler.Binding.Sites;

/// <summary>The content codings by their registered names.</summary>
internal static class CompressBinder
{
    public static readonly IReadOnlyList<(string Word, ContentCoding Value)> Codings =
        [("gzip", ContentCoding.Gzip), ("br", ContentCoding.Brotli), ("zstd", ContentCoding.Zstd)];

    public static readonly TypeSchema Type = new TypeSchema.ListOf(new TypeSchema.Choice("zstd", "br", "gzip"), AllowSingle: true);
}
