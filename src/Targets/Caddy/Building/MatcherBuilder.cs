using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Model.Globs;
using Confgen.Model.Regexes;
using Confgen.Model.Routes;
using Confgen.Model.Rules;
using Confgen.Model.Sources;
using Confgen.Targets.Caddy.Views;

namespace Confgen.Targets.Caddy.Building;

/// <summary>Builds what the templates see of a route's conditions.</summary>
internal static class MatcherBuilder
{
    public static MatcherView Build(CaddyQuoter texts, Route route) =>
        Build(texts, route.Match) with
        {
            Path = route.Path.IsEverything ? null : texts.Regex(PathPattern.Of(route.Path), route.Path.At.Span),
            Nots = [.. route.Match.Not.Select(block => Build(texts, block))],
        };

    private static MatcherView Build(CaddyQuoter texts, RouteConditions match)
    {
        List<(string Name, string Regex, SourceSpan At)> fields = [.. Fields(match)];
        List<string> terms = [.. SentValues(match)];

        // Of two lines for one field Caddy takes the last one, or refuses them.
        foreach (
            var more in fields.GroupBy(static f => f.Name, StringComparer.OrdinalIgnoreCase).SelectMany(static f => f.Skip(1)).ToArray()
        )
        {
            fields.Remove(more);
            terms.Add(CaddyQuoter.HeaderMatches(more.Name, more.Regex));
        }

        string[] query = [.. match.Query.Select(Query)];
        SourceSpan at = match.At.Of(MatchFields.Query);
        bool inExpression = query.Length + terms.Count > 1 || texts.Reexpands;
        return new MatcherView
        {
            Methods =
                match.Methods.Count == 0
                    ? null
                    : string.Join(' ', match.Methods.Select(method => texts.Argument(method, match.At.Of(MatchFields.Method)))),
            Fields = [.. fields.Select(field => texts.FieldName(field.Name, field.At) + " " + texts.Regex(field.Regex, field.At))],
            Client = ClientNetworks.Matcher(texts, match),
            Query = query.Length == 0 || inExpression ? null : texts.Regex(query[0], at),
            Expression =
                terms.Count == 0 && (query.Length == 0 || !inExpression)
                    ? null
                    : texts.Expression([.. query.Select(static regex => CaddyQuoter.Matches(RawQuery, regex)), .. terms], at),
        };
    }

    private const string RawQuery = "{http.request.uri.query}";

    private static IEnumerable<(string Name, string Regex, SourceSpan At)> Fields(RouteConditions match) =>
        match
            .Headers.Where(static field => !SentFields.AreKept(field.Name))
            .Select(field => (field.Name, Field(field.Value), match.At.Of(MatchFields.Header)))
            .Concat(match.Cookies.Select(cookie => (CookieField.Name, Cookie(cookie), match.At.Of(MatchFields.Cookie))));

    private static IEnumerable<string> SentValues(RouteConditions match) =>
        match
            .Headers.Where(static field => SentFields.AreKept(field.Name))
            .SelectMany(static field => Sent(field.Value).Select(regex => CaddyQuoter.Matches(SentFields.Placeholder(field.Name), regex)));

    private static string Query(ValueCondition query)
    {
        // A name alone has an empty value.
        string value = "=" + query.Value.WriteBody(RegexDialect.Re2, "[^&]*");
        return "(?:^|&)" + PathPattern.Escape(query.Name) + (query.Value.Matches([]) ? $"(?:{value})?" : value) + "(?:&|$)";
    }

    private static string Cookie(ValueCondition cookie) =>
        $@"(?:^|;)[ \t]*{PathPattern.Escape(cookie.Name)}={cookie.Value.WriteBody(RegexDialect.Re2, "[^;]*")}[ \t]*(?:;|$)";

    private static string Within(string glob, string star) => string.Join(star, glob.Split('*').Select(PathPattern.Escape));

    // A field that was not sent is kept as an empty text.
    private static string[] Sent(ValuePattern value) =>
        value.Text.Trim('*').Length == 0 ? ["(?s)^."]
        : value is ValueRegex && value.Matches([]) ? ["(?s)^.", Field(value)]
        : [Field(value)];

    private static string Field(ValuePattern value)
    {
        if (value is ValueRegex)
        {
            return value.Write(RegexDialect.Re2);
        }

        // A star at the end needs no regex for the rest.
        string regex = "^" + Within(value.Text, ".*");
        return value.Text.EndsWith('*') ? regex[..^".*".Length] : regex + "$";
    }
}
