using System.Globalization;
using Confgen.Compiler.Syntax;

namespace Confgen.Targets.PyServe.Reading;

/// <summary>
/// Reads the routing extension, which PyServe asks before its rules: exact paths first, then regexes in the order written, then prefixes.
/// Patterns that proxy or answer with a text are taken over; for the rest a spec has better words.
/// </summary>
internal static class RoutingReader
{
    public static IEnumerable<SyntaxNode> Routes(ConfigFile config, TakenPaths taken)
    {
        foreach (MapSyntax extension in ConfigFile.List(config.Root, "extensions").OfType<MapSyntax>())
        {
            ScalarSyntax? type = ConfigFile.Scalar(extension, "type");
            if (ConfigFile.Scalar(config.Root, "version") is not { Value: "2" })
            {
                config.Report(
                    ReadingRules.NotRead,
                    extension.Span,
                    "PyServe ignores extensions without 'version: 2'",
                    "add 'version: 2', or remove them"
                );
            }
            else if (type is { Value: not "routing" })
            {
                config.Report(
                    ReadingRules.NotRead,
                    type.Span,
                    $"PyServe has no extension '{type.Value}', and skips this one",
                    "remove it; a spec has words for most of what it was to do"
                );
            }
            else if (extension.Find("source") is { } source)
            {
                config.Report(ReadingRules.NotRead, source.Span, "an extension's own file is not read", "write its content under 'config'");
            }
            else
            {
                foreach (
                    SyntaxNode route in Locations(
                        config,
                        taken,
                        (extension.Find("config") as MapSyntax)?.Find("regex_locations") as MapSyntax
                    )
                )
                {
                    yield return route;
                }
            }
        }
    }

    private static IEnumerable<SyntaxNode> Locations(ConfigFile config, TakenPaths taken, MapSyntax? locations)
    {
        foreach (EntrySyntax entry in (locations?.Entries ?? []).OrderBy(e => Order(e.Key.Value)))
        {
            if (entry.Value is not MapSyntax location || LeadsNowhere(location))
            {
                continue;
            }

            (string field, string text) = Matcher(entry.Key.Value);
            SyntaxNode? action = Action(config, entry.Key, location, field, text);
            var pattern = SpecNodes.Text(text, entry.Key.Span);
            if (action is not null && (field != "path" || (RuleReader.PathOf(config, pattern) is not null && taken.Take(pattern, text))))
            {
                bool proxies = location.Find("proxy_pass") is not null;
                bool strips = field == "path" && text != "/" && ConfigFile.Scalar(location, "path") is { Value.Length: > 0 };
                yield return SpecNodes.Map(
                    entry.Key.Span,
                    [
                        (field, pattern),
                        (proxies ? "proxy" : "respond", action),
                        ("strip_prefix", strips ? SpecNodes.Word("true", entry.Key.Span) : null),
                        ("rewrite_response", strips && proxies ? SpecNodes.Word("off", entry.Key.Span) : null),
                        .. proxies ? RuleReader.Proxied(entry.Key.Span) : [],
                    ]
                );
            }
        }
    }

    // Port 0 reaches nobody: a pattern that leads there refuses. What such patterns are for, `..` segments, a spec refuses by itself.
    private static bool LeadsNowhere(MapSyntax location) => ConfigFile.Scalar(location, "port") is { Value: "0" };

    private static SyntaxNode? Action(ConfigFile config, ScalarSyntax pattern, MapSyntax location, string field, string text)
    {
        if (ConfigFile.Scalar(location, "proxy_pass") is { } url)
        {
            string cut = ConfigFile.Scalar(location, "path")?.Value ?? "";
            if (cut.Length == 0 || (field == "path" && cut == text))
            {
                return Server(config, location, url);
            }

            config.Report(
                ReadingRules.NotRead,
                pattern.Span,
                $"'{pattern.Value}' cuts '{cut}', which is not its own prefix",
                "in a spec 'rewrite' replaces a part of the path"
            );
            return null;
        }

        if (ConfigFile.Scalar(location, "return") is { } response)
        {
            ScalarSyntax body = ConfigFile.Scalar(location, "body") ?? response;
            return SpecNodes.Map(
                location.Span,
                ("body", body),
                (
                    "content_type",
                    SpecNodes.Text(
                        ConfigFile.Scalar(location, "content_type")?.Value ?? "text/plain",
                        (location.Find("content_type") ?? response).Span
                    )
                )
            );
        }

        config.Report(
            ReadingRules.NotRead,
            pattern.Span,
            $"files of the pattern '{pattern.Value}' are not taken over",
            "in a spec a route has 'files: { root: ..., try: [\"{path}\", /index.html] }'"
        );
        return null;
    }

    private static ScalarSyntax Server(ConfigFile config, MapSyntax location, ScalarSyntax url)
    {
        if (ConfigFile.Scalar(location, "host") is not { } host || ConfigFile.Scalar(location, "port") is not { } port)
        {
            config.Report(
                ReadingRules.Differs,
                url.Span,
                "PyServe 0.5.0 doesn't use this URL: it asks localhost:80. Here the URL holds, as its documentation says"
            );
            int path = url.Value.IndexOf('/', Math.Min(url.Value.Length, url.Value.IndexOf("://", StringComparison.Ordinal) + 3));
            return SpecNodes.Text(path < 0 ? url.Value : url.Value[..path], url.Span);
        }

        string scheme = ConfigFile.Boolean(location, "ssl") == true ? "https" : "http";
        return SpecNodes.Text(string.Create(CultureInfo.InvariantCulture, $"{scheme}://{host.Value}:{port.Value}"), host.Span);
    }

    private static (string Field, string Text) Matcher(string pattern) =>
        pattern switch
        {
            ['=', .. var path] => ("exact", path),
            ['~', '*', .. var regex] => ("regex", "(?i)" + regex),
            ['~', .. var regex] => ("regex", regex),
            ['^', '~', .. var prefix] => ("path", prefix),
            _ => ("path", pattern),
        };

    private static int Order(string pattern) =>
        pattern switch
        {
            ['=', ..] => 1,
            ['~', ..] => 2,
            ['^', '~', ..] => 3,
            "__default__" => 5,
            _ => 4,
        };
}
