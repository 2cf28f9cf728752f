namespace Confgen.Targets.Nginx.Reading;

/// <summary>Which file a location runs: the parameter SCRIPT_FILENAME.</summary>
/// <param name="Root">The folder of the scripts, as the FastCGI server sees it.</param>
/// <param name="LocalRoot">The same folder as nginx sees it; null where it names none.</param>
/// <param name="Fixed">The name of the script that every request runs; null where the path names it.</param>
/// <param name="IsResolved">Whether links in the path are followed before.</param>
/// <param name="Parameter">The directive; null where the folder's own is all that says it.</param>
internal sealed record ScriptFile(string Root, string? LocalRoot, string? Fixed, bool IsResolved, SourceDirective? Parameter)
{
    private const string Name = "SCRIPT_FILENAME";

    private static readonly string[] _ofPath = ["$fastcgi_script_name", "/$fastcgi_script_name", "$uri", "$document_uri"];

    /// <summary>What else is said by the roots: the directives that they come from.</summary>
    public List<SourceDirective> Says { get; } = [];

    /// <summary>Reads it; null, with the reason, where a spec can't say it.</summary>
    public static ScriptFile? Read(ReadingState reading, Scope scope, SiteContext site, out string? problem)
    {
        problem = null;
        SourceDirective? parameter = scope.Effective("fastcgi_param").LastOrDefault(d => d.First == Name && d.Arguments.Count > 1);
        if (parameter is null)
        {
            problem = "its parameters don't name the script (SCRIPT_FILENAME)";
            return null;
        }

        if (scope.OwnOf("alias").LastOrDefault() is { } alias)
        {
            alias.Entry.Lose("scripts are looked for by the whole path");
            problem = "scripts are looked for by the whole path, not behind an 'alias'";
            return null;
        }

        var used = new List<SourceDirective>();
        SourceDirective? root = scope.Find("root");
        string? local = root is null ? null : SpecText.Literal(reading.Variables.Expand(root.First, scope, site, used));
        if (root is not null && local is null)
        {
            problem = "the folder of the scripts depends on the request";
            return null;
        }

        local = local?.TrimEnd('/') is { Length: 0 } ? "/" : local?.TrimEnd('/');
        List<TextPart> parts = reading.Variables.Expand(parameter.Arguments[1], scope, site, used);
        string text = string.Concat(parts.Select(p => p.IsVariable ? "$" + p.Text : p.Text));
        bool isResolved = text.StartsWith("$realpath_root", StringComparison.Ordinal);
        string behind =
            text == "$request_filename" ? "$document_root$uri"
            : isResolved ? "$document_root" + text["$realpath_root".Length..]
            : text;
        bool isLocal = behind.StartsWith("$document_root", StringComparison.Ordinal);
        string path = isLocal ? behind["$document_root".Length..] : behind;
        if (isLocal && local is null)
        {
            problem = "the folder of the scripts isn't in the configuration";
            return null;
        }

        ScriptFile? file = null;
        if (Array.Find(_ofPath, p => path.EndsWith(p, StringComparison.Ordinal)) is { } ofPath)
        {
            string folder = path[..^ofPath.Length].TrimEnd('/');
            file = Of(isLocal ? Join(local!, folder) : folder, null);
        }
        else if (path.LastIndexOf('/') is >= 0 and var slash)
        {
            file = Of(isLocal ? Join(local!, path[..slash]) : path[..slash], path[(slash + 1)..]);
        }

        if (file is null)
        {
            problem = $"the script's file is a folder with the path, or one script: not '{parameter.Arguments[1]}'";
            return null;
        }

        if (root is not null && isLocal)
        {
            file.Says.Add(root);
        }

        file.Says.AddRange(used);
        return file;

        ScriptFile? Of(string folder, string? name) =>
            folder.Contains('$', StringComparison.Ordinal) || name?.Contains('$', StringComparison.Ordinal) == true || name is { Length: 0 }
                ? null
                : new ScriptFile(folder.Length == 0 ? "/" : folder, isLocal ? folder : local, name, isResolved, parameter);
    }

    private static string Join(string root, string folder) => root == "/" && folder.Length > 0 ? folder : root + folder;
}
