namespace Confgen.Model.Routes;

/// <summary>How a route's requests go to servers that speak FastCGI, as PHP-FPM does.</summary>
public sealed record FastCgi : SpecNode
{
    /// <summary>The folder of the scripts, as the FastCGI server sees it.</summary>
    public required string Root { get; init; }

    /// <summary>The same folder, as it is seen from here; <see cref="Root"/> unless written.</summary>
    public string? LocalRoot { get; init; }

    /// <summary>The script of a directory, and of the root where there is none; default <c>index.php</c>.</summary>
    public string Index { get; init; } = "index.php";

    /// <summary>What the name of a script ends with; default <c>.php</c>.</summary>
    public string Split { get; init; } = ".php";

    /// <summary>Whether the root's index takes what no script is there for; default true. Without it that is 404.</summary>
    public bool FrontController { get; init; } = true;

    /// <summary>Further parameters.</summary>
    public ValueList<FastCgiParam> Params { get; init; } = [];

    /// <summary>Where scripts are looked for.</summary>
    public string LookupRoot => LocalRoot ?? Root;

    /// <summary>
    /// Whether the path can be that of a script, or of a copy of one (<c>config.php.bak</c>): nothing of the kind is ever sent as a file.
    /// </summary>
    public bool MayHoldSource(string path) => path.Contains(Split, StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// The script that a path names and what follows it: the shortest beginning of the path that ends in <see cref="Split"/>, in whatever
    /// case, before a slash or the end. Null where it names none.
    /// </summary>
    public (string Script, string PathInfo)? ScriptOf(string path)
    {
        for (int at = 0; (at = path.IndexOf(Split, at, StringComparison.OrdinalIgnoreCase)) >= 0; at++)
        {
            int end = at + Split.Length;
            if (end == path.Length || path[end] == '/')
            {
                return (path[..end], path[end..]);
            }
        }

        return null;
    }
}
