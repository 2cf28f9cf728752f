using Confgen.Targets.Importing.Output;

namespace Confgen.Targets.Nginx.Reading;

/// <summary>Reads a location that runs scripts: <c>fastcgi_pass</c> with its parameters.</summary>
internal static class FastCgiReader
{
    /// <summary>The directive that runs scripts; null where the location doesn't.</summary>
    public static SourceDirective? Find(Scope scope) => scope.OwnOf("fastcgi_pass").LastOrDefault();

    /// <summary>Writes a route whose location runs scripts itself. False where it can't be said, which is settled.</summary>
    public static bool ReadOwn(ReadingState reading, SourceDirective pass, Location location, SiteContext site, LocationTable locations)
    {
        Scope scope = location.Scope;
        string? front = null;
        SourceDirective? asks = null;
        foreach (SourceDirective tries in scope.OwnOf("try_files"))
        {
            asks = tries;
            ScriptPath? last = ScriptPath.Of(tries.Arguments[^1]);
            if (last is not null && locations.Choose(last.Script) is { } target && Find(target.Scope) is not null)
            {
                front = last.Script;
            }
            else if (tries.Arguments[^1] != "=404")
            {
                tries.Entry.Lose("what no script is there for is the front controller's, or 404");
                return false;
            }
        }

        asks ??= scope.OwnOf("if").FirstOrDefault(IsMissing);
        if (front is null && asks is not null && ScriptFallback.OfErrors(scope, locations) is { } fallback)
        {
            front = fallback.Front;
            fallback.Say(location.Route.Map("fastcgi"));
        }

        if (!Read(reading, pass, location, site, front))
        {
            return false;
        }

        foreach (SourceDirective tries in scope.OwnOf("try_files"))
        {
            tries.Entry.Say(location.Route.Map("fastcgi"));
        }

        return true;
    }

    /// <summary>Settles the conditions that keep a script from running that isn't there, which none does.</summary>
    public static void SettleMissing(Scope scope)
    {
        foreach (SourceDirective condition in Find(scope) is null ? [] : scope.OwnOf("if").Where(IsMissing))
        {
            foreach (SourceDirective directive in condition.All)
            {
                directive.Entry.Imply("a script that isn't there is 404");
            }
        }
    }

    /// <summary>Writes what runs scripts into a route. False where it can't be said, which is settled.</summary>
    /// <param name="reading">What all share.</param>
    /// <param name="pass">The directive.</param>
    /// <param name="location">The location that it stands in, with the route.</param>
    /// <param name="site">The site.</param>
    /// <param name="front">The path of the script that takes what no script is there for; null where that is 404.</param>
    public static bool Read(ReadingState reading, SourceDirective pass, Location location, SiteContext site, string? front)
    {
        Scope scope = location.Scope;
        var used = new List<SourceDirective>();
        if (SpecText.Literal(reading.Variables.Expand(pass.First, scope, site, used)) is not { Length: > 0 } server)
        {
            pass.Entry.Lose("the FastCGI server isn't known before the request; the route responds with 501");
            return false;
        }

        if (ScriptFile.Read(reading, scope, site, out string? problem) is not { } file)
        {
            pass.Entry.Lose(problem + "; the route responds with 501");
            return false;
        }

        front ??= file.Fixed is null ? null : "/" + file.Fixed;
        if (FrontProblem(front) is { } misplaced)
        {
            pass.Entry.Lose(misplaced + "; the route responds with 501");
            return false;
        }

        OutputMap fastCgi = location.Route.Map("fastcgi");
        if (reading.Upstreams.UseFastCgi(fastCgi, server) is not { } place)
        {
            pass.Entry.Lose("the upstream has servers that speak HTTP; the route responds with 501");
            return false;
        }

        pass.Entry.Say(place);
        reading.Variables.Say(used, place);
        Place(file, fastCgi);
        Names(scope, front?[1..], fastCgi);
        if (front is null)
        {
            fastCgi.Word("front_controller", "false");
        }

        FastCgiParamsReader.Read(reading, location, site, file, fastCgi);
        ProxyReader.Timeouts(location.Route, scope, "fastcgi_");
        reading.Retries.Note(server, scope, "fastcgi_");
        foreach (SourceDirective split in scope.Effective("fastcgi_split_path_info"))
        {
            split.Entry.Imply("a script's name ends at 'split', and what follows is PATH_INFO");
        }

        return true;
    }

    /// <summary>Why a script can't be the front controller; null where it can.</summary>
    public static string? FrontProblem(string? front) =>
        front?.LastIndexOf('/') is > 0 ? $"the front controller stands in the root, not below it as '{front}'" : null;

    private static void Place(ScriptFile file, OutputMap fastCgi)
    {
        OutputText root = fastCgi.Set("root", file.Root);
        file.Says.ForEach(d => d.Entry.Say(root));
        if (file.LocalRoot is { } local && local != file.Root)
        {
            fastCgi.Set("local_root", local);
        }

        file.Parameter?.Entry.Say(
            root,
            file switch
            {
                { Fixed: { } name } => $"'{name}' takes what names no other script below the root, which would run itself",
                { IsResolved: true } => "as the path is written, with its links",
                { LocalRoot: null } => "scripts are looked for in this folder: where it is another one here, write 'local_root'",
                _ => null,
            }
        );
    }

    // A script of directories and the front controller have one name.
    private static void Names(Scope scope, string? front, OutputMap fastCgi)
    {
        SourceDirective? index = scope.Find("fastcgi_index");
        string name = front ?? index?.First ?? "index.php";
        int dot = name.LastIndexOf('.');
        OutputNode place = fastCgi;
        if (dot > 0 && name[dot..] != ".php")
        {
            fastCgi.Set("split", name[dot..]);
        }

        if (name != "index.php")
        {
            place = fastCgi.Set("index", name);
        }

        if (index is not null && index.First == name)
        {
            index.Entry.Say(place);
        }
        else
        {
            index?.Entry.Lose($"the script of a directory is the front controller's name, '{name}'");
        }
    }

    // `if (!-f $document_root$fastcgi_script_name) { return 404; }`
    private static bool IsMissing(SourceDirective condition) =>
        string.Join(' ', condition.Arguments).Trim('(', ')', ' ')
            is "!-f $document_root$fastcgi_script_name"
                or "!-f $realpath_root$fastcgi_script_name"
                or "!-f $request_filename"
                or "!-e $request_filename"
                or "!-e $document_root$fastcgi_script_name"
        && condition.Children is [{ Name: "return", First: "404" }];
}
