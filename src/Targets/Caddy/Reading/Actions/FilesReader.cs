using Confgen.Targets.Caddy.Reading.Matching;
using Confgen.Targets.Importing.Output;

namespace Confgen.Targets.Caddy.Reading.Actions;

/// <summary>Reads <c>file_server</c> with the <c>root</c> and <c>try_files</c> that hold for it.</summary>
internal static class FilesReader
{
    public static void Read(Directive directive, RouteDraft draft)
    {
        SourceLine line = directive.Line;
        SourceLine? root = line.Block.Find(l => l.Name == "root") ?? draft.Find("root");
        string folder = root is null ? "." : root.Arguments[^1];
        if (Placeholders.IsIn(folder))
        {
            root!.Entry.Lose("the root is one folder; the route responds with 501");
            line.LoseAll("its root is lost");
            draft.Refuse("file_server");
            return;
        }

        OutputMap files = draft.Route.Map("files");
        OutputText place = files.Set("root", folder);
        root?.Entry.Say(place);
        line.Entry.Say(files, root is null ? "without 'root', files are those of the folder that Caddy is started in" : null);
        if (directive.Words.Contains("browse"))
        {
            files.Word("browse", "true");
        }

        foreach (SourceLine inner in line.Block)
        {
            Option(inner, files);
        }

        if (draft.Find("try_files") is { } tried)
        {
            Try(tried, files);
        }
    }

    private static void Option(SourceLine line, OutputMap files)
    {
        switch (line.Name)
        {
            case "root":
                break;
            case "index":
                line.Entry.Say(files.Set("index", OutputList.OfTexts(line.Arguments)));
                break;
            case "browse":
                line.Entry.Say(files.Word("browse", "true"), line.Arguments.Count > 0 ? "with a page of its own" : null);
                foreach (SourceLine inner in line.Block)
                {
                    inner.Entry.Tune("the look of the list");
                }

                break;
            case "precompressed":
                Precompressed(line, files);
                break;
            case "etag_file_extensions":
                line.Entry.Tune("where validators come from");
                break;
            default:
                line.LoseAll($"'files' has nothing for '{line.Name}'");
                break;
        }
    }

    /// <summary>Reads which compressed files are looked for.</summary>
    public static void Precompressed(SourceLine line, OutputMap files)
    {
        string[] codings = line.Arguments.Count > 0 ? [.. line.Arguments] : ["br", "zstd", "gzip"];
        line.Entry.Say(files.Set("precompressed", new OutputList(codings.Select(c => new OutputText(c, isWord: true)))));
    }

    private static void Try(SourceLine line, OutputMap files)
    {
        var paths = new List<string>();
        foreach (string argument in line.Arguments)
        {
            if (argument == "=404")
            {
                continue;
            }

            // A folder with an index is found by the path itself.
            string path = argument.Split('?')[0].TrimEnd('/') is { Length: > 0 } text ? text : "/";
            path = path.Replace("{http.request.uri.path}", "{path}", StringComparison.Ordinal);
            if (Placeholders.IsIn(path.Replace("{path}", "", StringComparison.Ordinal)) || argument.StartsWith('='))
            {
                line.LoseAll($"'{argument}' can't be tried");
                return;
            }

            if (!paths.Contains(path))
            {
                paths.Add(path);
            }
        }

        if (paths is ["{path}"])
        {
            line.Entry.Imply("the file of the path, or 404");
        }
        else
        {
            line.Entry.Say(files.Set("try", new OutputList(paths.Select(p => new OutputText(p)))));
        }

        foreach (SourceLine policy in line.Block)
        {
            policy.Entry.Lose("the first path that is there is taken");
        }
    }
}
