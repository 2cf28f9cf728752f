using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Model.Routes;
using Confgen.Targets.Caddy.Views;

namespace Confgen.Targets.Caddy.Building;

/// <summary>Builds what the templates see of a route's conditions.</summary>
internal static class MatcherBuilder
{
    public static MatcherView Build(CaddyQuoter texts, Route route)
    {
        RouteConditions match = route.Match;
        Model.Sources.SourceSpan at = match.At.Of(MatchFields.Query);
        (string Placeholder, string Regex)[] query = [.. match.Query.Select(static each => ("{http.request.uri.query}", Query(each)))];
        (string Placeholder, string Regex)[] sent =
        [
            .. match
                .Headers.Where(static field => SentFields.AreKept(field.Name))
                .Select(static field => (SentFields.Placeholder(field.Name), Sent(field.Value.Text))),
        ];
        bool expression = query.Length + sent.Length > 1 || sent.Length == 1 || (query.Length == 1 && texts.Reexpands);
        return new MatcherView
        {
            Path = route.Path.IsEverything ? null : texts.Regex(PathPattern.Of(route.Path), route.Path.At.Span),
            Methods =
                match.Methods.Count == 0
                    ? null
                    : string.Join(' ', match.Methods.Select(method => texts.Argument(method, match.At.Of(MatchFields.Method)))),
            Fields =
            [
                .. match
                    .Headers.Where(static field => !SentFields.AreKept(field.Name))
                    .Select(field =>
                        texts.FieldName(field.Name, match.At.Of(MatchFields.Header))
                        + " "
                        + texts.Regex(Field(field.Value.Text), match.At.Of(MatchFields.Header))
                    ),
            ],
            Query = query.Length == 0 || expression ? null : texts.Regex(query[0].Regex, at),
            Expression = expression ? texts.Matches([.. query, .. sent], at) : null,
        };
    }

    private static string Query(ValueCondition query)
    {
        // A name alone has an empty value.
        string value = "=" + string.Join("[^&]*", query.Value.Text.Split('*').Select(PathPattern.Escape));
        return "(?:^|&)" + PathPattern.Escape(query.Name) + (query.Value.Matches([]) ? $"(?:{value})?" : value) + "(?:&|$)";
    }

    // A field that was not sent is kept as an empty text.
    private static string Sent(string glob) => glob.Trim('*').Length == 0 ? "(?s)^." : Field(glob);

    // A star at the end needs no regex for the rest.
    private static string Field(string glob)
    {
        string regex = "^" + string.Join(".*", glob.Split('*').Select(PathPattern.Escape));
        return glob.EndsWith('*') ? regex[..^".*".Length] : regex + "$";
    }
}
