using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Model.Globs;
using Confgen.Model.Regexes;
using Confgen.Model.Routes;
using Confgen.Model.Rules;
using Confgen.Model.Sources;
using Confgen.Targets.Apache.Syntax;

namespace Confgen.Targets.Apache.Building;

/// <summary>Writes when a route is chosen, as an expression.</summary>
internal sealed class RouteConditions(ApacheTexts texts)
{
    /// <summary>The expression; null for a route that takes every request.</summary>
    public string? Of(Route route)
    {
        string[] terms =
        [
            .. Path(route.Path) is { } path ? (string[])[path] : [],
            .. Terms(route.Match),
            .. route.Match.Not.Select(block => $"!({string.Join(" && ", Terms(block))})"),
        ];
        return terms.Length == 0 ? null : string.Join(" && ", terms);
    }

    /// <summary>When a path fits; null for always.</summary>
    public static string? Path(PathMatcher path) =>
        path.Kind == PathMatcherKind.Exact ? $"%{{REQUEST_URI}} == {ApacheQuoting.Literal(path.Text)}"
        : PathRegex(path) is { } regex ? $"%{{REQUEST_URI}} =~ {ApacheQuoting.Regex(regex)}"
        : null;

    /// <summary>The regex that a path fits; null for every path.</summary>
    public static string? PathRegex(PathMatcher path) =>
        path.Kind switch
        {
            PathMatcherKind.Exact => "^" + Escape(path.Text) + "$",
            PathMatcherKind.Regex when path.Regex is { } regex => ApacheTexts.Pcre(regex),
            _ when path.IsEverything => null,
            _ => "^" + Escape(path.Text.TrimEnd('/')) + "(?:/|$)",
        };

    private IEnumerable<string> Terms(Model.Routes.RouteConditions match)
    {
        if (match.Methods.Count > 0)
        {
            yield return "%{REQUEST_METHOD} "
                + (
                    match.Methods is [var only]
                        ? "== " + ApacheQuoting.Literal(only)
                        : $"-in {{ {string.Join(", ", match.Methods.Select(ApacheQuoting.Literal))} }}"
                );
        }

        foreach (ValueCondition header in match.Headers)
        {
            if (header.Value.WriteBody(RegexDialect.Pcre, ".*") is not { } line)
            {
                texts.Refuse(
                    match.At.Of(MatchFields.Header),
                    "a regex with '^' or '$' in its midst, since the lines of a field are joined"
                );
                continue;
            }

            yield return Asks(header.Name, header.Value.Matches([]), Line(line));
        }

        foreach (ValueCondition parameter in match.Query)
        {
            // What a client sent stays its query, whatever rules write.
            yield return $"%{{THE_REQUEST}} =~ {ApacheQuoting.Regex(Parameter(parameter))}";
        }

        foreach (ValueCondition cookie in match.Cookies)
        {
            yield return $"req_novary('{CookieField.Name}') =~ {ApacheQuoting.Regex(Cookie(cookie))}";
        }

        if (match.Clients.Count > 0)
        {
            string[] networks = [.. match.Clients.SelectMany(Networks.Of).Select(static client => $"%{{REMOTE_ADDR}} -ipmatch '{client}'")];
            yield return networks.Length == 1 ? networks[0] : $"({string.Join(" || ", networks)})";
        }

        SourceSpan at = match.At.Of(MatchFields.Header);
        if (match.Headers.Any(static header => header.Name.Contains('\'', StringComparison.Ordinal)))
        {
            texts.Refuse(at, "a name of a field with a quote");
        }
    }

    // A field that isn't there has no line that could match.
    private static string Asks(string name, bool takesEmpty, string regex) =>
        $"{(takesEmpty ? $"req_novary('{name}') != '' && " : "")}req_novary('{name}') =~ {ApacheQuoting.Regex(regex)}";

    // httpd joins lines of one name by a comma and a blank.
    private static string Line(string value) => "(?:^|, )" + value + @"(?:, |\z)";

    // Blanks around a pair don't count.
    private static string Cookie(ValueCondition cookie) =>
        @"(?:^|;)[ \t]*" + Escape(cookie.Name) + "=" + cookie.Value.WriteBody(RegexDialect.Pcre, "[^;]*") + @"[ \t]*(?:;|\z)";

    // Any occurrence, raw bytes; a name without `=` has an empty value. The request's line is read, whose query no rule changes.
    private static string Parameter(ValueCondition parameter)
    {
        ValuePattern glob = parameter.Value;
        string value = "=" + glob.WriteBody(RegexDialect.Pcre, "[^& ]*");
        return @"^\S+ [^?\s]*\?(?:\S*&)?" + Escape(parameter.Name) + (glob.Matches([]) ? $"(?:{value})?" : value) + "(?:&| )";
    }

    private static string Escape(string text) => RegexText.Escape(text, RegexDialect.Pcre);
}
