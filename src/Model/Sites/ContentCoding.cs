namespace Confgen.Model.Sites;

/// <summary>A compression of responses.</summary>
public enum ContentCoding
{
    /// <summary><c>gzip</c> (RFC 1952).</summary>
    Gzip,

    /// <summary><c>br</c> (RFC 7932).</summary>
    Brotli,

    /// <summary><c>zstd</c> (RFC 8878).</summary>
    Zstd,
}
