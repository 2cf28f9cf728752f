using System.Text;
using Confgen.Model.Routes;

namespace Confgen.Targets.Caddy.Building;

/// <summary>The lines of a route's matcher.</summary>
internal static class MatcherLines
{
    public static List<string> Of(Texts texts, Route route)
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
            lines.Add($"header_regexp {texts.FieldName(header.Name, match.At.Of("header"))} {texts.Regex(Glob(header.Value.Text, "", ""), match.At.Of("header"))}");
        }

        if (match.Query.Count > 0)
        {
            lines.Add(texts.Raw(match.At.Of("query"), "{http.request.uri.query}", [.. match.Query.Select(Query)]));
        }

        return lines;
    }

    private static string Query(ValueCondition query) => Glob(query.Value.Text, "(?:^|&)" + PathPattern.Escape(query.Name) + "=", "(?:&|$)", any: "[^&]*");

    private static string Glob(string glob, string before, string after, string any = ".*")
    {
        bool header = before.Length == 0;
        var result = new StringBuilder(header ? "^" : before);
        string[] pieces = glob.Split('*');
        for (int i = 0; i < pieces.Length; i++)
        {
            result.Append(i > 0 ? any : "").Append(PathPattern.Escape(pieces[i]));
        }

        // A star at the end needs no regex for the rest.
        return header && glob.EndsWith('*') ? result.ToString(0, result.Length - any.Length) : result.Append(header ? "$" : after).ToString();
    }
}
