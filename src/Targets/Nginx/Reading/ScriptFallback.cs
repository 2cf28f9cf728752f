using Confgen.Targets.Importing.Output;

namespace Confgen.Targets.Nginx.Reading;

/// <summary>Where the requests of a location for files go that no file is there for: to a location that runs scripts.</summary>
/// <param name="Target">The location that runs scripts.</param>
/// <param name="Front">The path of the script that takes them; null where only folders have scripts.</param>
/// <param name="Directive">What says so.</param>
/// <param name="Note">What to know of it.</param>
internal sealed record ScriptFallback(Location Target, string? Front, SourceDirective Directive, string? Note)
{
    /// <summary>Of the location; null where all of its responses are files.</summary>
    public static ScriptFallback? Of(Location location, LocationTable locations)
    {
        Scope scope = location.Scope;
        return OfTries(scope, locations) ?? OfErrors(scope, locations) ?? OfIndex(location, locations);
    }

    /// <summary>By <c>error_page 404</c>.</summary>
    public static ScriptFallback? OfErrors(Scope scope, LocationTable locations)
    {
        SourceDirective? page = scope.Effective("error_page").LastOrDefault(d => d.Arguments.Contains("404") && d.Arguments.Count >= 2);
        return
            page is not null
            && ScriptPath.Of(page.Arguments[^1]) is { } path
            && locations.Choose(path.Script) is { } target
            && FastCgiReader.Find(target.Scope) is not null
            ? new ScriptFallback(
                target,
                path.Script,
                page,
                page.Arguments.Contains("=")
                    ? null
                    : $"what isn't there, as '{scope.Owner?.Arguments[^1]}' may be, has the script's own status, which nginx makes 404"
            )
            : null;
    }

    /// <summary>Says where the spec has it.</summary>
    public void Say(OutputNode place)
    {
        Directive.Entry.Say(place, Note);
        if (Directive.Arguments.Count > 0 && ScriptPath.Of(Directive.Arguments[^1])?.Query is { Length: > 0 } query)
        {
            Directive.Entry.Lose($"the front controller gets the client's query, not '{query}'");
        }
    }

    private static ScriptFallback? OfTries(Scope scope, LocationTable locations)
    {
        if (scope.OwnOf("try_files").LastOrDefault() is not { } tries)
        {
            return null;
        }

        string last = tries.Arguments[^1];
        if (last.StartsWith('@'))
        {
            return locations.Find(last) is { } named && FastCgiReader.Find(named.Scope) is not null
                ? new ScriptFallback(named, null, tries, null)
                : null;
        }

        return
            ScriptPath.Of(last) is { } path && locations.Choose(path.Script) is { } target && FastCgiReader.Find(target.Scope) is not null
            ? new ScriptFallback(target, path.Script, tries, NoteOf(path))
            : null;
    }

    private static string? NoteOf(ScriptPath path) =>
        path.HasPathInfo ? "the front controller has no 'PATH_INFO': it has the path in REQUEST_URI"
        : path.Query is null ? "the front controller gets the query in 'QUERY_STRING', too"
        : null;

    private static ScriptFallback? OfIndex(Location location, LocationTable locations)
    {
        string folder = location.IsPrefix && location.Pattern.EndsWith('/') ? location.Pattern : "/";
        if (!location.HasFolders || location.Scope.Find("index") is not { } index)
        {
            return null;
        }

        foreach (string name in index.Arguments)
        {
            bool isWhole = name.StartsWith('/');
            ScriptPath? path = ScriptPath.Of(isWhole ? name : folder + name);
            if (path is not null && locations.Choose(path.Script) is { } target && FastCgiReader.Find(target.Scope) is not null)
            {
                return new ScriptFallback(target, isWhole ? path.Script : null, index, isWhole ? NoteOf(path) : null);
            }
        }

        return null;
    }
}
