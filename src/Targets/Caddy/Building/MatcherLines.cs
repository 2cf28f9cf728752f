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

        if (match.Query.Count == 1)
        {
            lines.Add("vars_regexp {http.request.uri.query} " + texts.Regex(Query(match.Query[0]), match.At.Of("query")));
        }
        else if (match.Query.Count > 1)
        {
            // A matcher looks at a value with one regex alone, an expression with as many as needed.
            lines.Add("expression " + texts.Expression(string.Join(" && ", match.Query.Select(each => "{http.request.uri.query}.matches(" + Literal(Query(each)) + ")")), match.At.Of("query")));
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

    /// <summary>A raw string of CEL; braces would be taken for placeholders.</summary>
    private static string Literal(string regex) => "r'" + regex
        .Replace("\\{", "\\x7B", StringComparison.Ordinal).Replace("\\}", "\\x7D", StringComparison.Ordinal).Replace("'", "\\x27", StringComparison.Ordinal) + "'";
}
