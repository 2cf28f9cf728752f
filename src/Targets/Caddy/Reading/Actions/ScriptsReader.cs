using Confgen.Targets.Caddy.Reading.Matching;
using Confgen.Targets.Importing.Output;

namespace Confgen.Targets.Caddy.Reading.Actions;

/// <summary>
/// Reads which scripts are run: <c>php_fastcgi</c>, which looks for the script, the folder's index and the root's, and
/// <c>transport fastcgi</c>, which runs what the path names.
/// </summary>
/// <param name="line">The directive that runs them.</param>
/// <param name="options">What it says of scripts.</param>
/// <param name="files">The file server behind it; null where there is none.</param>
internal sealed class ScriptsReader(SourceLine line, SourceLine options, SourceLine? files)
{
    private static readonly string[] _names =
    [
        "root",
        "split",
        "index",
        "try_files",
        "env",
        "resolve_root_symlink",
        "capture_stderr",
        "dial_timeout",
        "read_timeout",
        "write_timeout",
        "body_buffer_size",
    ];

    private bool IsLooking => line.Name == "php_fastcgi";

    /// <summary>Whether a line is about scripts.</summary>
    public static bool Knows(string name) => _names.Contains(name);

    /// <summary>Writes <c>fastcgi</c>, but for its server. Null, with the reason, where it can't be said.</summary>
    public OutputMap? Read(RouteDraft draft, out string? problem)
    {
        SourceLine? own = options.Block.Find(l => l.Name == "root");
        SourceLine? site = draft.Find("root");
        string? root = (own ?? site)?.Arguments is [.., var folder] && !Placeholders.IsIn(folder) ? folder : null;
        problem = root is null ? "the folder of the scripts isn't a fixed one" : null;
        if (root is null)
        {
            return null;
        }

        OutputMap fastCgi = draft.Route.Map("fastcgi");
        OutputText place = fastCgi.Set("root", root);
        own?.Entry.Say(place);
        if (own is null)
        {
            site!.Entry.Say(place);
        }
        else if (site is { Arguments: [.., var local] } && local != root && !Placeholders.IsIn(local))
        {
            site.Entry.Say(fastCgi.Set("local_root", local));
        }

        if (!IsLooking)
        {
            fastCgi.Word("front_controller", "false");
        }

        foreach (SourceLine option in options.Block.Where(o => Knows(o.Name) && o != own))
        {
            Option(option, draft, fastCgi);
        }

        Files(draft, fastCgi);
        return fastCgi;
    }

    private static void Option(SourceLine option, RouteDraft draft, OutputMap fastCgi)
    {
        switch (option.Name)
        {
            case "split" when option.Arguments is [".php"]:
                option.Entry.Imply("a script's name ends with .php");
                break;
            case "split" when option.Arguments.Count == 1:
                option.Entry.Say(fastCgi.Set("split", option.First));
                break;
            case "index" when option.First == "off":
                option.Entry.Say(fastCgi.Word("front_controller", "false"), "folders have their index");
                break;
            case "index" when option.Arguments is ["index.php"]:
                option.Entry.Imply("index.php is the index");
                break;
            case "index" when option.Arguments.Count == 1:
                option.Entry.Say(fastCgi.Set("index", option.First.TrimStart('/')));
                break;
            case "try_files":
                Tries(option, fastCgi);
                break;
            case "env" when option.Arguments is [var name, var value] && !Placeholders.IsIn(value):
                option.Entry.Say(fastCgi.Map("params").Set(name, value));
                break;
            case "resolve_root_symlink":
                option.Entry.Imply("the folder's path is passed as it is written, with its links");
                break;
            case "capture_stderr" or "body_buffer_size":
                option.Entry.Tune("what is logged and buffered");
                break;
            case "dial_timeout" or "read_timeout" or "write_timeout" when Units.Duration(option.First) is { } time:
                string wait = option.Name switch
                {
                    "dial_timeout" => "connect",
                    "read_timeout" => "read",
                    _ => "send",
                };
                option.Entry.Say(draft.Route.Map("timeouts").Word(wait, time));
                break;
            default:
                option.LoseAll($"'fastcgi' can't say this of '{option.Name}'");
                break;
        }
    }

    // {path} {path}/index.php index.php, with another front controller or 404 in the last place.
    private static void Tries(SourceLine option, OutputMap fastCgi)
    {
        string[] tries = [.. option.Arguments.Select(a => a.Replace("{http.request.uri.path}", "{path}", StringComparison.Ordinal))];
        string last = tries.Length > 0 ? tries[^1].TrimStart('/').Split('?')[0] : "";
        string[] others = [.. tries.SkipLast(1)];
        bool isUsual =
            others is ["{path}"] or ["{path}", _]
            && (
                others.Length == 1
                || (others[1].StartsWith("{path}/", StringComparison.Ordinal) && others[1]["{path}/".Length..] is "" or "index.php")
            );
        if (!isUsual || last.Contains('/', StringComparison.Ordinal) || last.Contains('{', StringComparison.Ordinal))
        {
            option.LoseAll("scripts are looked for by the path, in its folder, and then in the root");
            return;
        }

        string? note = others.Length == 1 ? "a folder's own index.php is looked for, too" : null;
        if (last == "=404")
        {
            option.Entry.Say(fastCgi.Word("front_controller", "false"), note);
        }
        else if (last == "index.php")
        {
            option.Entry.Say(fastCgi, note);
        }
        else
        {
            option.Entry.Say(fastCgi.Set("index", last), note);
        }
    }

    private void Files(RouteDraft draft, OutputMap fastCgi)
    {
        if (files is null)
        {
            line.Entry.Say(fastCgi, IsLooking ? "a file that is no script is the front controller's, and an empty 200 of Caddy" : null);
            return;
        }

        string? folder = files.Block.Find(l => l.Name == "root")?.First ?? draft.Find("root")?.Arguments[^1];
        OutputMap first = draft.Route.Map("files_first");
        OutputText place = first.Set("root", folder ?? ((OutputText)fastCgi["root"]!).Text);
        files.Entry.Say(first);
        draft.Find("root")?.Entry.Say(place);
        foreach (SourceLine option in files.Block)
        {
            if (option.Name == "precompressed")
            {
                FilesReader.Precompressed(option, first);
            }
            else if (option.Name is "root" or "index" or "browse")
            {
                option.Entry.Tune("no folder gets to the file server");
            }
            else
            {
                option.LoseAll($"'files_first' has nothing for '{option.Name}'");
            }
        }

        if (files.Arguments.Contains("browse"))
        {
            files.Entry.Say(first, "folders are the front controller's and aren't listed");
        }
    }
}
