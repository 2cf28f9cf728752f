using System.Text;
using System.Text.RegularExpressions;
using Confgen.Model.Regexes;
using Confgen.Model.Templates;
using Confgen.Targets.Caddy.Reading.Matching;

namespace Confgen.Targets.Caddy.Reading;

/// <summary>Writes values with Caddy's placeholders (caddyconfig/httpcaddyfile/shorthands.go) as the spec's templates.</summary>
internal static partial class Placeholders
{
    /// <summary>Whether a text holds a placeholder that Caddy would replace.</summary>
    public static bool IsIn(string text) => Placeholder().Matches(text).Any(m => !IsMark(text, m) && IsKnown(m.Groups["name"].Value));

    /// <summary>The template; null, with the reason, where a placeholder has no counterpart.</summary>
    public static string? Template(string text, RouteDraft draft, out string? problem)
    {
        var template = new StringBuilder();
        problem = null;
        int from = 0;
        foreach (Match match in Placeholder().Matches(text))
        {
            if (IsMark(text, match))
            {
                // A variable of the environment stays as it is.
                template.Append(Literal(text[from..match.Index])).Append(match.Value);
                from = match.Index + match.Length;
                continue;
            }

            string name = match.Groups["name"].Value;
            if (!IsKnown(name))
            {
                continue;
            }

            if (Counterpart(name, draft) is not { } counterpart)
            {
                problem = $"a spec has no placeholder for {match.Value}";
                return null;
            }

            template.Append(Literal(text[from..match.Index])).Append(counterpart);
            from = match.Index + match.Length;
        }

        return template.Append(Literal(text[from..])).ToString();
    }

    /// <summary>What to know of a template, or null.</summary>
    public static string? Note(string template) =>
        template.Contains("{query.", StringComparison.Ordinal) ? "the parameter's value is as the client sent it, not decoded" : null;

    /// <summary>The long name of a placeholder, <c>http.request.uri</c> for <c>uri</c>.</summary>
    public static string LongName(string name) =>
        name switch
        {
            "host" or "hostport" or "port" or "method" or "uri" or "scheme" or "uuid" or "remote" or "orig_uri" => "http.request." + name,
            "path" => "http.request.uri.path",
            "query" => "http.request.uri.query",
            "?query" => "http.request.uri.prefixed_query",
            "orig_path" => "http.request.orig_uri.path",
            "orig_query" => "http.request.orig_uri.query",
            "dir" or "file" => "http.request.uri.path." + name,
            "remote_host" => "http.request.remote.host",
            "remote_port" => "http.request.remote.port",
            "client_ip" => "http.vars.client_ip",
            "upstream_hostport" => "http.reverse_proxy.upstream.hostport",
            _ => Family(name, "header.", "http.request.header.")
                ?? Family(name, "cookie.", "http.request.cookie.")
                ?? Family(name, "query.", "http.request.uri.query.")
                ?? Family(name, "labels.", "http.request.host.labels.")
                ?? Family(name, "path.", "http.request.uri.path.")
                ?? Family(name, "re.", "http.regexp.")
                ?? Family(name, "vars.", "http.vars.")
                ?? Family(name, "rp.", "http.reverse_proxy.")
                ?? Family(name, "err.", "http.error.")
                ?? Family(name, "file_match.", "http.matchers.file.")
                ?? name,
        };

    private static string? Family(string name, string prefix, string replacement) =>
        name.StartsWith(prefix, StringComparison.Ordinal) ? replacement + name[prefix.Length..] : null;

    private static bool IsMark(string text, Match match) =>
        match.Index > 0 && text[match.Index - 1] == Importing.Output.OutputText.VariableSign;

    // What Caddy doesn't know stays as it is, as the braces of JSON.
    private static bool IsKnown(string name) =>
        LongName(name) is var known
        && (
            known.StartsWith("http.", StringComparison.Ordinal)
            || known.StartsWith("env.", StringComparison.Ordinal)
            || known.StartsWith("system.", StringComparison.Ordinal)
            || known.StartsWith("time.", StringComparison.Ordinal)
            || known.StartsWith("tls_", StringComparison.Ordinal)
            || known is "orig_method" or "orig_dir" or "orig_file" or "%uri" or "%path" or "%query"
        );

    private static string? Counterpart(string name, RouteDraft draft)
    {
        SiteContext site = draft.Site;
        bool isChanged = draft.World.Path != PathChange.None;
        return LongName(name) switch
        {
            "http.request.host" => "{host}",
            "http.request.hostport" => site.HasUsualPort ? "{host}" : "{host}:" + site.Port,
            "http.request.port" => site.Port,
            "http.request.scheme" => site.HasTls ? "https" : "http",
            "http.request.method" => "{method}",
            "http.request.orig_uri" => "{uri}",
            "http.request.uri" when !isChanged => "{uri}",
            "http.request.orig_uri.path" => "{path}",
            "http.request.uri.path" when !isChanged => "{path}",
            "http.request.orig_uri.query" => "{query}",
            "http.request.uri.query" when !isChanged => "{query}",
            "http.request.remote" or "http.request.remote.host" or "http.vars.client_ip" => "{client_ip}",
            "http.request.uuid" => "{request_id}",
            "http.reverse_proxy.upstream.hostport" => "{upstream_hostport}",
            var known when Family(known, "env.", "") is { } variable => EnvironmentMarks.Of(variable),
            var known when Family(known, "http.request.host.labels.", "") is { } label => Label(site, label),
            var known when Family(known, "http.regexp.", "") is { } group => Group(draft, group),
            var known => Tried(known, "http.request.header.", "header.")
                ?? Tried(known, "http.request.cookie.", "cookie.")
                ?? Tried(known, "http.request.uri.query.", "query."),
        };
    }

    private static string? Tried(string known, string prefix, string kind)
    {
        string? placeholder = Family(known, prefix, "{" + kind);
        return placeholder is not null && TextTemplate.TryParse(placeholder + "}", out _, out _) ? placeholder + "}" : null;
    }

    // NAME.GROUP, of the regex that chooses the route: others, as those of fields, have other names.
    private static string? Group(RouteDraft draft, string text)
    {
        int dot = text.LastIndexOf('.');
        string name = text[(dot + 1)..];
        return
            draft.Test.Kind == PathTestKind.Regex
            && (draft.Test.Name is null || draft.Test.Name == text[..Math.Max(dot, 0)])
            && RegexPattern.TryParse(draft.Test.Text, out RegexPattern? regex, out _, out _)
            && RegexReplacement.GroupProblem(regex, name) is null
            ? "{path." + name + "}"
            : null;
    }

    // Labels count from the right.
    private static string? Label(SiteContext site, string number)
    {
        string[] labels = [.. site.Hosts[0].Split('.').Reverse()];
        return site.Hosts.Count == 1 && int.TryParse(number, null, out int at) && at < labels.Length && labels[at] is not ("*" or "_")
            ? labels[at]
            : null;
    }

    private static string Literal(string text) =>
        text.Replace("\\{", "{", StringComparison.Ordinal)
            .Replace("{", "{{", StringComparison.Ordinal)
            .Replace("}", "}}", StringComparison.Ordinal);

    [GeneratedRegex(@"(?<!\\)\{(?<name>[^{}\s""]+)\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Placeholder();
}
