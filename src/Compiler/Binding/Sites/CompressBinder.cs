namespace Confgen.Compiler.Binding.Sites;

/// <summary>The content codings by their registered names.</summary>
internal static class CompressBinder
{
    /// <summary>What is meant by another word, as YAML.</summary>
    public static string? Suggest(string word) =>
        word switch
        {
            "true" or "on" or "yes" or "auto" or "all" => "[zstd, br, gzip]",
            "false" or "off" or "no" or "none" => "[]",
            "brotli" => "br",
            "gz" or "deflate" => "gzip",
            _ when word.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries) is [_, _, ..] several
                    && several.All(s => s is "zstd" or "br" or "gzip") => $"[{string.Join(", ", several)}]",
            _ => null,
        };
}
