using Confgen.Model.Routes;

namespace Confgen.Targets.Caddy.Building;

/// <summary>The lines of a route's matcher.</summary>
internal static class MatcherLines
{
    public static List<string> Of(CaddyQuoter texts, Route route)
    {
        var lines = new List<string>();
        if (!route.Path.IsEverything)
        {
            lines.Add("path_regexp " + texts.Regex(PathPattern.Of(route.Path), route.Path.At.Span));
        }

        RouteConditions match = route.Match;
        if (match.Methods.Count > 0)
        {
            lines.Add("method " + string.Join(' ', match.Methods.Select(method => texts.Argument(method, match.At.Of("method")))));
        }

        foreach (ValueCondition header in match.Headers)
        {
            lines.Add($"header_regexp {texts.FieldName(header.Name, match.At.Of("header"))} {texts.Regex(Header(header.Value.Text), match.At.Of("header"))}");
        }

        if (match.Query.Count > 0)
        {
            lines.Add(texts.Raw(match.At.Of("query"), "{http.request.uri.query}", [.. match.Query.Select(Query)]));
        }

        return lines;
    }

    private static string Query(ValueCondition query)
    {
        // A name alone has an empty value.
        string value = "=" + string.Join("[^&]*", query.Value.Text.Split('*').Select(PathPattern.Escape));
        return "(?:^|&)" + PathPattern.Escape(query.Name) + (query.Value.Matches([]) ? $"(?:{value})?" : value) + "(?:&|$)";
    }

    // A star at the end needs no regex for the rest.
    private static string Header(string glob)
    {
        string regex = "^" + string.Join(".*", glob.Split('*').Select(PathPattern.Escape));
        return glob.EndsWith('*') ? regex[..^".*".Length] : regex + "$";
    }
}
