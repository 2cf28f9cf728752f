using Confgen.Targets.Importing.Output;

namespace Confgen.Targets.Nginx.Reading;

/// <summary>Reads a location that serves files: <c>root</c>, <c>alias</c>, <c>index</c>, <c>try_files</c>.</summary>
internal static class FilesReader
{
    /// <summary>Whether the location serves files where nothing else responds.</summary>
    public static bool Serves(Scope scope) =>
        scope.Find("root") is not null || scope.OwnOf("alias").Any() || scope.OwnOf("try_files").Any() || scope.OwnOf("autoindex").Any();

    /// <summary>Writes the route. False where it can't be said, which is settled.</summary>
    public static bool Read(ReadingState reading, Location location, SiteContext site)
    {
        Scope scope = location.Scope;
        SourceDirective? alias = scope.OwnOf("alias").LastOrDefault();
        SourceDirective? root = alias ?? scope.Find("root");
        if (root is null)
        {
            Lose(scope, "try_files", "the files' folder isn't in the configuration");
            return false;
        }

        var used = new List<SourceDirective>();
        if (Folder(reading, root, scope, site, used) is not { } folder)
        {
            return false;
        }

        OutputMap files = location.Route.Map("files");
        if (alias is not null && location.Kind == LocationKind.Exact && folder.LastIndexOf('/') is > 0 and var slash)
        {
            // One file under another name.
            files.Set("root", folder[..slash]);
            alias.Entry.Say(files.Set("try", new OutputList(new OutputText(folder[slash..]))));
            reading.Variables.Say(used, files);
            return true;
        }

        Place(reading, root, alias is null || folder == "/" ? folder : folder.TrimEnd('/'), used, files);
        if (alias is not null && location.IsPrefix && location.Pattern != "/")
        {
            location.Route.Word("strip_prefix", "true");
        }
        else if (alias is not null && !location.IsPrefix)
        {
            alias.Entry.Lose("'alias' of a location that is no prefix");
        }

        if (location.HasFolders)
        {
            Index(scope, files);
        }

        SourceDirective? browse = scope.Find("autoindex");
        if (browse?.First == "on")
        {
            browse.Entry.Say(files.Word("browse", "true"));
        }
        else
        {
            browse?.Entry.Imply("folders aren't listed");
        }

        Precompressed(scope, files);
        foreach (SourceDirective directive in scope.OwnOf("try_files"))
        {
            Try(directive, files);
        }

        return true;
    }

    /// <summary>Reads the folder. False where it isn't known, which is settled.</summary>
    public static bool Root(ReadingState reading, Scope scope, SiteContext site, OutputMap files)
    {
        var used = new List<SourceDirective>();
        if (scope.Find("root") is not { } root)
        {
            Lose(scope, "try_files", "the files' folder isn't in the configuration");
            return false;
        }

        if (Folder(reading, root, scope, site, used) is not { } folder)
        {
            return false;
        }

        Place(reading, root, folder == "/" ? folder : folder.TrimEnd('/'), used, files);
        return true;
    }

    private static string? Folder(
        ReadingState reading,
        SourceDirective root,
        Scope scope,
        SiteContext site,
        ICollection<SourceDirective> used
    )
    {
        if (SpecText.Literal(reading.Variables.Expand(root.First, scope, site, used)) is { Length: > 0 } folder)
        {
            return folder;
        }

        root.Entry.Lose("the files' folder depends on the request");
        return null;
    }

    private static void Place(ReadingState reading, SourceDirective root, string folder, IEnumerable<SourceDirective> used, OutputMap files)
    {
        OutputText place = files.Set("root", folder);
        root.Entry.Say(place);
        reading.Variables.Say(used, place);
    }

    private static void Index(Scope scope, OutputMap files)
    {
        if (scope.Find("index") is not { } index)
        {
            return;
        }

        string[] names = [.. index.Arguments.Where(a => !a.Contains('$', StringComparison.Ordinal) && !a.StartsWith('/'))];
        if (names.Length < index.Arguments.Count)
        {
            index.Entry.Lose("an index is a name in the folder");
        }
        else if (names is ["index.html"])
        {
            index.Entry.Imply("index.html is the index");
        }
        else
        {
            index.Entry.Say(files.Set("index", OutputList.OfTexts(names)));
        }
    }

    /// <summary>Reads which compressed files are looked for.</summary>
    public static void Precompressed(Scope scope, OutputMap files)
    {
        var codings = new List<string>();
        foreach (
            (string name, string coding) in ((string, string)[])[("zstd_static", "zstd"), ("brotli_static", "br"), ("gzip_static", "gzip")]
        )
        {
            if (scope.Find(name) is { First: "on" })
            {
                codings.Add(coding);
            }
        }

        if (codings.Count == 0)
        {
            return;
        }

        OutputNode place = files.Set("precompressed", OutputList.OfTexts(codings));
        foreach (string name in (string[])["zstd_static", "brotli_static", "gzip_static"])
        {
            if (scope.Find(name) is { First: "on" } directive)
            {
                directive.Entry.Say(place);
            }
        }
    }

    private static void Try(SourceDirective directive, OutputMap files)
    {
        string last = directive.Arguments[^1];
        bool isStatus = last.StartsWith('=');
        var paths = new List<string>();
        foreach (string argument in isStatus ? directive.Arguments.SkipLast(1) : directive.Arguments)
        {
            // A folder with an index is found by the path itself.
            string path = argument.Split('?')[0].TrimEnd('/') is { Length: > 0 } text ? text : "/";
            path = path is "$uri" or "$document_uri" ? "{path}" : path.Replace("$uri", "{path}", StringComparison.Ordinal);
            if (path.Contains('$', StringComparison.Ordinal))
            {
                directive.Entry.Lose($"a path with '{path}' can't be tried");
                return;
            }

            if (!paths.Contains(path))
            {
                paths.Add(path);
            }
        }

        // nginx would run it; as a file its source would be sent.
        if (paths.Exists(static path => path.Contains(".php", StringComparison.OrdinalIgnoreCase)))
        {
            directive.Entry.Lose("a script is no file: write 'fastcgi' with 'files_first'");
            return;
        }

        if (isStatus && last != "=404")
        {
            directive.Entry.Lose("a file that isn't there is 404");
        }
        else if (paths is ["{path}"])
        {
            directive.Entry.Imply("the file of the path, or 404");
        }
        else
        {
            directive.Entry.Say(files.Set("try", new OutputList(paths.Select(p => new OutputText(p)))));
        }
    }

    private static void Lose(Scope scope, string name, string reason)
    {
        foreach (SourceDirective directive in scope.OwnOf(name))
        {
            directive.Entry.Lose(reason);
        }
    }
}
