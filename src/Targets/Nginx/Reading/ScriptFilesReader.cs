using Confgen.Targets.Importing.Output;

namespace Confgen.Targets.Nginx.Reading;

/// <summary>
/// Reads a location for files whose other requests go to scripts, as <c>try_files $uri $uri/ /index.php?$args</c> has it: a route with
/// <c>fastcgi</c> and <c>files_first</c>.
/// </summary>
internal static class ScriptFilesReader
{
    /// <summary>Writes the route. Null where that can't be said, which is settled.</summary>
    /// <param name="reading">What all share.</param>
    /// <param name="fallback">Where what is no file goes.</param>
    /// <param name="location">The location.</param>
    /// <param name="site">The site.</param>
    public static Location? Read(ReadingState reading, ScriptFallback fallback, Location location, SiteContext site)
    {
        Scope scope = location.Scope;
        Scope target = fallback.Target.Scope;
        FastCgiReader.SettleMissing(target);
        string? problem = FastCgiReader.FrontProblem(fallback.Front) ?? FilesFirstReader.Problem(location, target);
        if (problem is not null)
        {
            fallback.Directive.Entry.Lose(problem + "; the route responds with 501");
            return null;
        }

        var files = new OutputMap();
        Location forwarding = location with { Scope = target };
        if (
            !FilesReader.Root(reading, scope, site, files)
            || !FastCgiReader.Read(reading, FastCgiReader.Find(target)!, forwarding, site, fallback.Front)
        )
        {
            return null;
        }

        OutputMap fastCgi = location.Route.Map("fastcgi");
        fallback.Say(fastCgi);
        if (scope.OwnOf("access_log").FirstOrDefault() is { } log && !target.OwnOf("access_log").Any())
        {
            LogReader.Read(log, location.Route);
        }

        SourceDirective? tries = scope.OwnOf("try_files").LastOrDefault();
        if (tries is { Arguments.Count: 1 })
        {
            return forwarding;
        }

        if (tries is null || FilesFirstReader.Paths(tries, scope, "", files, Indexes(scope, fastCgi)))
        {
            FilesReader.Precompressed(scope, files);
            location.Route.Set("files_first", files);
            FilesFirstReader.Fields(scope, target, fallback.Front ?? "the scripts");
            return forwarding;
        }

        return null;
    }

    // The scripts of folders are looked for behind the files: only the indexes that nginx looks for before are files here.
    private static string[] Indexes(Scope scope, OutputMap fastCgi)
    {
        if (scope.Find("index") is not { } index)
        {
            return ["index.html"];
        }

        string script = (fastCgi["index"] as OutputText)?.Text ?? "index.php";
        string[] before = [.. index.Arguments.TakeWhile(name => name != script && !name.StartsWith('/'))];
        string[] behind = [.. index.Arguments.Skip(before.Length).Where(name => name != script && !name.StartsWith('/'))];
        index.Entry.Say(fastCgi, behind.Length == 0 ? null : $"'{behind[0]}' of a folder isn't looked for behind '{script}'");
        return before;
    }
}
