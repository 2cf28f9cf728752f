using Confgen.Targets.Importing;
using Confgen.Targets.Importing.Output;

namespace Confgen.Targets.Caddy.Reading.Matching;

/// <summary>Makes <c>files_first</c> of two routes: of one for the files that are there, and of the one that takes what is left.</summary>
internal static class FirstFiles
{
    private const string Choice = "a route can't be chosen by whether a file is there";
    private const string Difference =
        "a folder without an index, and another method than GET and HEAD for a file, reach the upstream instead of 404 and 405";

    /// <summary>Joins the routes of a walk.</summary>
    public static void Join(List<RouteDraft> drafts)
    {
        for (int i = drafts.Count - 1; i >= 0; i--)
        {
            RouteDraft draft = drafts[i];
            if (draft.Conditions.OfType<Atom.File>().FirstOrDefault() is not { } file)
            {
                continue;
            }

            draft.Conditions.RemoveAll(c => c is Atom.File);
            RouteDraft? rest = drafts.Skip(i + 1).FirstOrDefault(d => d.Overlaps(draft));
            if (
                draft.World.Facts.OfType<Atom.File>().Count() > 1
                || draft.Find("try_files") is not null
                || draft.Route["files"] is not OutputMap files
                || rest?.Route["proxy"] is null
                || !rest.Covers(draft)
                || (file.Root is { } own && (files["root"] as OutputText)?.Text != own)
            )
            {
                draft.Responder?.Entry.Lose(Choice);
                drafts.RemoveAt(i);
                continue;
            }

            if (Others(draft) != Others(rest))
            {
                draft.Responder?.Entry.Lose("a file's response has the guards and the fields of the upstream's, which differ here");
                drafts.RemoveAt(i);
                continue;
            }

            OutputMap first = First(file, files);
            if (draft.Covers(rest))
            {
                rest.Route.Set("files_first", first);
                SpecTidying.Follow(draft.Route, rest.Route);
                drafts.RemoveAt(i);
            }
            else
            {
                foreach ((string key, OutputNode value) in rest.Route.Entries.Where(e => draft.Route[e.Key] is null).ToArray())
                {
                    draft.Route.Set(key, Copies.Of(value));
                }

                draft.Route.Set("files_first", first);
            }

            draft.Route.Take("files")?.ReplaceBy(first);
            draft.Responder?.Entry.Say(first, Difference);
        }
    }

    // What it does beside responding, but for what concerns upstreams alone.
    private static string Others(RouteDraft draft) =>
        string.Join(
            "; ",
            draft
                .Route.Entries.Where(e =>
                    e.Key is "headers" or "cache_control" or "allow" or "deny" or "basic_auth" or "forward_auth" or "log" or "strip_prefix"
                )
                .Select(e => $"{e.Key}={e.Value.Canonical}")
                .Order(StringComparer.Ordinal)
        );

    private static OutputMap First(Atom.File file, OutputMap files)
    {
        var first = new OutputMap();
        Move("root", files, first);
        OutputNode? index = files.Take("index");
        string[] indexes = index is OutputList list ? [.. list.Items.OfType<OutputText>().Select(t => t.Text)] : ["index.html"];

        // Caddy finds a folder by a path that ends with a slash, and then serves its index.
        string[] paths =
        [
            .. file
                .Paths.SelectMany(path =>
                    path.EndsWith('/') ? indexes.Select(name => path + name)
                    : path.EndsWith("{path}", StringComparison.Ordinal) ? indexes.Select(name => path + name).Prepend(path)
                    : [path]
                )
                .Select(path => path[0] is '/' or '{' ? path : "/" + path)
                .Distinct(StringComparer.Ordinal),
        ];
        OutputList tries = first.Set("try", new OutputList(paths.Select(p => new OutputText(p))));
        index?.ReplaceBy(tries);
        Move("precompressed", files, first);
        return first;
    }

    private static void Move(string key, OutputMap from, OutputMap to)
    {
        if (from.Take(key) is { } node)
        {
            to.Set(key, node);
        }
    }
}
