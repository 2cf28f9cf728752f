using Confgen.Targets.Caddy.Reading.Matching;
using Confgen.Targets.Importing.Output;

namespace Confgen.Targets.Caddy.Reading.Actions;

/// <summary>Reads <c>handle_errors</c>, and <c>handle_response</c> where it replaces errors of the upstream.</summary>
internal static class ErrorsReader
{
    /// <summary>Writes the error pages of a site.</summary>
    public static void Read(ReadingState reading, IReadOnlyList<SourceLine> handlers, SourceLine? siteRoot, OutputMap site)
    {
        foreach (SourceLine handler in handlers)
        {
            string[] statuses = handler.Arguments.Count > 0 ? [.. handler.Arguments] : ["4xx", "5xx"];
            if (Page(reading, handler.Block, siteRoot, out OutputMap page, out List<SourceLine> said))
            {
                OutputMap errors = site.Map("errors");
                foreach (string status in statuses)
                {
                    OutputNode place = errors.Set(status, Copies.Of(page));
                    foreach (SourceLine line in said.Prepend(handler))
                    {
                        line.Entry.Say(place);
                    }
                }
            }

            handler.LoseAll("an error page is a file, a text or an upstream's response");
        }
    }

    /// <summary>Writes what replaces some of the upstream's responses.</summary>
    public static void HandleResponse(SourceLine handler, IReadOnlyList<SourceLine> around, RouteDraft draft)
    {
        SourceLine? matcher = around.FirstOrDefault(l => l.Name == handler.First);
        string[] statuses =
            matcher is null ? []
            : matcher.First == "status" ? [.. matcher.Arguments.Skip(1)]
            : matcher.Block is [{ Name: "status" } only] ? [.. only.Arguments]
            : [];
        if (
            statuses.Length == 0
            || !statuses.All(IsStatus)
            || !Page(null, handler.Block, null, out OutputMap page, out List<SourceLine> said)
        )
        {
            handler.LoseAll("responses of the upstream pass whole, or are replaced by an error page");
            return;
        }

        OutputMap errors = draft.Route.Map("errors");
        errors.Set("intercept", new OutputList(statuses.Select(s => new OutputText(s, isWord: true))));
        foreach (string status in statuses)
        {
            OutputNode place = errors.Set(status, Copies.Of(page));
            foreach (SourceLine line in said.Prepend(handler))
            {
                line.Entry.Say(place);
            }
        }

        handler.LoseAll("it isn't part of an error page");
    }

    // Four hundreds are the upstream's business where a class is meant.
    private static bool IsStatus(string text) => text is [>= '3' and <= '5', _, _];

    private static bool Page(
        ReadingState? reading,
        IReadOnlyList<SourceLine> lines,
        SourceLine? siteRoot,
        out OutputMap page,
        out List<SourceLine> said
    )
    {
        page = new OutputMap();
        said = [];
        SourceLine? respond = lines.FirstOrDefault(l => l.Name == "respond");
        SourceLine? rewrite = lines.FirstOrDefault(l => l.Name == "rewrite");
        SourceLine? files = lines.FirstOrDefault(l => l.Name == "file_server");
        SourceLine? root = lines.FirstOrDefault(l => l.Name == "root") ?? siteRoot;
        SourceLine? proxy = lines.FirstOrDefault(l => l.Name == "reverse_proxy");
        if (respond is not null)
        {
            string[] words = [.. respond.Arguments.Where(a => !a.StartsWith('@') && a != "*")];
            if (words.Length == 0 || Placeholders.IsIn(words[0]) || words.Skip(1).Any(Placeholders.IsIn))
            {
                return words.Length > 1 && !Placeholders.IsIn(words[0]) && Text(page, said, respond, words[0], null);
            }

            return Text(page, said, respond, words[0], words.Length > 1 ? words[1] : null);
        }

        if (rewrite is not null && files is not null && root is not null)
        {
            string path = rewrite.Arguments[^1];
            string folder = root.Arguments[^1];
            if (Placeholders.IsIn(path) || Placeholders.IsIn(folder) || !path.StartsWith('/'))
            {
                return false;
            }

            page.Set("file", folder.TrimEnd('/') + path);
            said.AddRange(lines.Contains(root) ? [rewrite, files, root] : [rewrite, files]);
            return true;
        }

        if (proxy is { Block: [] } && reading is not null && ServerUrl.Of(proxy.Arguments[^1], out _) is [var url])
        {
            page.Set("proxy", url);
            said.Add(proxy);
            return true;
        }

        return false;
    }

    private static bool Text(OutputMap page, List<SourceLine> said, SourceLine respond, string body, string? status)
    {
        page.Set("body", body);
        if (status is not null)
        {
            page.Word("status", status);
        }

        said.Add(respond);
        return true;
    }
}
