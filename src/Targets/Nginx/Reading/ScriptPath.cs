namespace Confgen.Targets.Nginx.Reading;

/// <summary>A path of the configuration that names a script, as <c>/index.php$is_args$args</c>.</summary>
/// <param name="Script">The script's path.</param>
/// <param name="HasPathInfo">Whether the request's own path stands behind it.</param>
/// <param name="Query">The query behind it; null where there is none, and an empty text where it is the client's.</param>
internal sealed record ScriptPath(string Script, bool HasPathInfo, string? Query)
{
    private static readonly string[] _wholePaths = ["$request_uri", "$uri", "/$uri", "/$request_uri", "$document_uri"];

    private static readonly string[] _wholeQueries =
    [
        "$is_args$args",
        "$is_args$query_string",
        "?$args",
        "?$query_string",
        "$request_uri",
        "/$request_uri",
    ];

    /// <summary>Reads an argument; null where it names no script.</summary>
    public static ScriptPath? Of(string text)
    {
        if (!text.StartsWith('/') || text.EndsWith('/'))
        {
            return null;
        }

        int end = text.AsSpan().IndexOfAny('?', '$');
        string script = (end < 0 ? text : text[..end]).TrimEnd('/');
        string rest = text[script.Length..];
        if (script.LastIndexOf('.') <= script.LastIndexOf('/') || script.Contains("//", StringComparison.Ordinal))
        {
            return null;
        }

        int mark = rest.IndexOf('?', StringComparison.Ordinal);
        string path = mark < 0 ? rest : rest[..mark];
        bool hasPathInfo = Array.Exists(
            _wholePaths,
            whole => path == whole || path.StartsWith(whole + "$is_args", StringComparison.Ordinal)
        );
        bool isWhole = Array.Exists(_wholeQueries, whole => rest == whole) || rest.EndsWith("$is_args$args", StringComparison.Ordinal);
        return !hasPathInfo && path.Length > 0 && !path.StartsWith("$is_args", StringComparison.Ordinal)
            ? null
            : new ScriptPath(
                script,
                hasPathInfo,
                isWhole ? ""
                    : mark < 0 ? null
                    : rest[(mark + 1)..]
            );
    }
}
