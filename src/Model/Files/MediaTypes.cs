namespace Confgen.Model.Files;

/// <summary>
/// The one table of media types that every target gets, so that a file has the same Content-Type everywhere. Text is UTF-8, which the
/// type says itself where a browser would guess otherwise.
/// </summary>
public static class MediaTypes
{
    /// <summary>The type of a file with no suffix, or one that is not in the table.</summary>
    public const string Default = "application/octet-stream";

    private static readonly Dictionary<string, string> _bySuffix;

    static MediaTypes() =>
        _bySuffix = All.SelectMany(row => row.Suffixes.Select(suffix => (suffix, row.Type)))
            .ToDictionary(pair => pair.suffix, pair => pair.Type, StringComparer.OrdinalIgnoreCase);

    /// <summary>Each type with the suffixes of its files, without their dot and in lower case; no suffix stands twice.</summary>
    public static IReadOnlyList<(string Type, ValueList<string> Suffixes)> All { get; } =
    [
        ("text/html; charset=utf-8", ["html", "htm"]),
        ("text/css; charset=utf-8", ["css"]),
        ("text/javascript; charset=utf-8", ["js", "mjs"]),
        ("text/plain; charset=utf-8", ["txt", "text", "log", "conf"]),
        ("text/markdown; charset=utf-8", ["md"]),
        ("text/csv; charset=utf-8", ["csv"]),
        ("text/calendar; charset=utf-8", ["ics"]),
        ("text/vtt; charset=utf-8", ["vtt"]),
        ("text/xml; charset=utf-8", ["xml"]),
        ("application/atom+xml", ["atom"]),
        ("application/rss+xml", ["rss"]),
        ("application/xhtml+xml", ["xhtml"]),
        ("application/json", ["json", "map"]),
        ("application/ld+json", ["jsonld"]),
        ("application/manifest+json", ["webmanifest"]),
        ("application/wasm", ["wasm"]),
        ("application/pdf", ["pdf"]),
        ("application/rtf", ["rtf"]),
        ("application/epub+zip", ["epub"]),
        ("application/zip", ["zip"]),
        ("application/gzip", ["gz", "tgz"]),
        ("application/x-7z-compressed", ["7z"]),
        ("application/x-bzip2", ["bz2"]),
        ("application/x-tar", ["tar"]),
        ("application/x-xz", ["xz"]),
        ("application/zstd", ["zst"]),
        ("application/java-archive", ["jar"]),
        ("application/vnd.android.package-archive", ["apk"]),
        ("application/vnd.openxmlformats-officedocument.presentationml.presentation", ["pptx"]),
        ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ["xlsx"]),
        ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ["docx"]),
        ("font/woff", ["woff"]),
        ("font/woff2", ["woff2"]),
        ("font/ttf", ["ttf"]),
        ("font/otf", ["otf"]),
        ("image/svg+xml", ["svg"]),
        ("image/png", ["png"]),
        ("image/jpeg", ["jpg", "jpeg"]),
        ("image/gif", ["gif"]),
        ("image/webp", ["webp"]),
        ("image/avif", ["avif"]),
        ("image/apng", ["apng"]),
        ("image/bmp", ["bmp"]),
        ("image/tiff", ["tif", "tiff"]),
        ("image/vnd.microsoft.icon", ["ico"]),
        ("audio/mpeg", ["mp3"]),
        ("audio/mp4", ["m4a"]),
        ("audio/ogg", ["ogg", "oga", "opus"]),
        ("audio/flac", ["flac"]),
        ("audio/wav", ["wav"]),
        ("video/mp4", ["mp4", "m4v"]),
        ("video/mpeg", ["mpeg", "mpg"]),
        ("video/ogg", ["ogv"]),
        ("video/quicktime", ["mov"]),
        ("video/webm", ["webm"]),
        ("application/vnd.apple.mpegurl", ["m3u8"]),
        ("video/mp2t", ["ts"]),
    ];

    /// <summary>
    /// The types that are worth compressing, without parameters: text (never <c>text/event-stream</c>, whose events a compressor would
    /// hold back), JSON, JavaScript, XML, SVG and WASM. <c>text/html</c> is the first, because nginx takes it for granted.
    /// </summary>
    public static IReadOnlyList<string> Compressible { get; } =
    [
        "text/html",
        "text/plain",
        "text/css",
        "text/javascript",
        "text/xml",
        "text/csv",
        "text/markdown",
        "text/calendar",
        "text/vtt",
        "application/javascript",
        "application/json",
        "application/ld+json",
        "application/manifest+json",
        "application/problem+json",
        "application/xml",
        "application/atom+xml",
        "application/rss+xml",
        "application/xhtml+xml",
        "application/wasm",
        "image/svg+xml",
    ];

    /// <summary>The type of a file by its name.</summary>
    public static string Of(string fileName)
    {
        int dot = fileName.LastIndexOf('.');
        return dot > fileName.LastIndexOf('/') && _bySuffix.TryGetValue(fileName[(dot + 1)..], out string? type) ? type : Default;
    }
}
