using Confgen.Targets.Importing.Output;

namespace Confgen.Targets.Nginx.Reading;

/// <summary>Reads <c>try_files ... @name</c>: files, and a named location for what is none.</summary>
internal static class FilesFirstReader
{
    private const string Guarded = "files and upstream have the same guards, which differ here";

    // What decides who may; it is asked of a file, too.
    private static readonly string[] _guards =
    [
        "allow",
        "deny",
        "auth_basic",
        "auth_basic_user_file",
        "auth_request",
        "limit_req",
        "satisfy",
    ];

    // What a response has beside its content.
    private static readonly string[] _fields = ["add_header", "expires"];

    /// <summary>The directive; null where the location has none.</summary>
    public static SourceDirective? Find(Scope scope) =>
        scope.OwnOf("try_files").LastOrDefault() is { Arguments: [.., ['@', ..]] } tries ? tries : null;

    /// <summary>
    /// Writes the route that the named location makes, with the files before it. Null where that can't be said, which is settled.
    /// </summary>
    /// <param name="reading">What all share.</param>
    /// <param name="tries">The directive.</param>
    /// <param name="location">The location that it stands in.</param>
    /// <param name="site">The site.</param>
    /// <param name="locations">All locations of the server.</param>
    public static Location? Read(ReadingState reading, SourceDirective tries, Location location, SiteContext site, LocationTable locations)
    {
        string name = tries.Arguments[^1];
        if (locations.Find(name) is not { Directive: { } named } target || ProxyReader.Find(target.Scope) is not { } pass)
        {
            tries.Entry.Lose($"a file if there is one, else a route that doesn't forward: '{name}'");
            return null;
        }

        if (Problem(location, target.Scope) is { } problem)
        {
            tries.Entry.Lose(problem + "; the route responds with 501");
            return null;
        }

        var files = new OutputMap();
        Location forwarding = location with { Scope = target.Scope };
        if (!FilesReader.Root(reading, location.Scope, site, files) || !ProxyReader.Read(reading, pass, forwarding, site))
        {
            return null;
        }

        // Files are looked for by the whole path, also where the upstream gets less of it.
        string cut = location.Route["strip_prefix"] is null ? "" : location.Pattern.TrimEnd('/');
        if (!Paths(tries, location.Scope, cut, files, Indexes(location.Scope)))
        {
            return null;
        }

        FilesReader.Precompressed(location.Scope, files);
        location.Route.Set("files_first", files);
        named.Entry.Say(location.Route);
        Fields(location.Scope, target.Scope, name);
        return forwarding;
    }

    /// <summary>Why files of a location can't stand before what another one responds; null where they can.</summary>
    /// <param name="location">The location of the files.</param>
    /// <param name="other">The other one.</param>
    public static string? Problem(Location location, Scope other) =>
        location.Scope.OwnOf("rewrite").Any() || location.Scope.OwnOf("alias").Any() ? "a file by a path that was changed before"
        : other.OwnOf("if").Any(condition => !condition.Entry.IsSettled)
            ? "a file if there is one, else several routes: there are conditions"
        : Array.Exists(_guards, guard => !location.Scope.Effective(guard).SequenceEqual(other.Effective(guard))) ? Guarded
        : null;

    /// <summary>Writes the files that are looked for. False where one can't be, which is settled.</summary>
    /// <param name="tries">The directive, whose last argument names no file.</param>
    /// <param name="scope">The location.</param>
    /// <param name="cut">What stands before the path.</param>
    /// <param name="files">Takes the files.</param>
    /// <param name="indexes">The files of a folder.</param>
    public static bool Paths(SourceDirective tries, Scope scope, string cut, OutputMap files, string[] indexes)
    {
        var paths = new List<string>();
        bool folders = false;
        foreach (string argument in tries.Arguments.SkipLast(1))
        {
            string path = argument.Split('?')[0].Replace("${uri}", "$uri", StringComparison.Ordinal);
            path = path.Replace("$document_uri", "$uri", StringComparison.Ordinal)
                .Replace("$uri", cut + "{path}", StringComparison.Ordinal);
            if (path.Contains('$', StringComparison.Ordinal) || path.Length == 0 || path[0] is not ('/' or '{'))
            {
                tries.Entry.Lose($"a path with '{argument}' can't be tried");
                return false;
            }

            folders |= path.EndsWith('/');
            string[] names = path.EndsWith('/') ? indexes : [""];
            paths.AddRange(names.Select(index => path + index).Where(one => !paths.Contains(one)));
        }

        tries.Entry.Say(
            paths is ["{path}"] ? files : files.Set("try", new OutputList(paths.Select(p => new OutputText(p)))),
            folders ? "a folder without an index gets the upstream's response instead of 403" : null
        );
        return true;
    }

    private static string[] Indexes(Scope scope)
    {
        if (scope.Find("index") is not { } index)
        {
            return ["index.html"];
        }

        string[] names = [.. index.Arguments.Where(a => !a.Contains('$', StringComparison.Ordinal) && !a.StartsWith('/'))];
        if (names.Length < index.Arguments.Count)
        {
            index.Entry.Lose("an index is a name in the folder");
        }
        else
        {
            index.Entry.Imply("the indexes are among the paths that are tried");
        }

        return names;
    }

    /// <summary>
    /// Settles what files have beside their content: the upstream's responses have what its location says, and a route has one.
    /// </summary>
    public static void Fields(Scope files, Scope upstream, string name)
    {
        foreach (string field in _fields)
        {
            string[] others = [.. upstream.Effective(field).Select(d => d.Words)];
            foreach (SourceDirective directive in files.Effective(field))
            {
                if (others.Contains(directive.Words))
                {
                    directive.Entry.Imply($"files have the fields of '{name}'");
                }
                else
                {
                    directive.Entry.Lose($"a file's response has the fields that '{name}' gives the upstream's");
                }
            }
        }

        foreach (SourceDirective page in files.OwnOf("error_page"))
        {
            page.Entry.Tune("a file that is there is no error");
        }
    }
}
