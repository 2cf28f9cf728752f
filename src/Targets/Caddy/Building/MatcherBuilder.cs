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
        string[] query = [.. match.Query.Select(Query)];
        bool expression = query.Length > 1 || (query.Length == 1 && texts.Reexpands);
        return new MatcherView
        {
            Path = route.Path.IsEverything ? null : texts.Regex(PathPattern.Of(route.Path), route.Path.At.Span),
            Methods = match.Methods.Count == 0 ? null : string.Join(' ', match.Methods.Select(method => texts.Argument(method, match.At.Of(MatchFields.Method)))),
            Fields = [.. match.Headers.Select(field => texts.FieldName(field.Name, match.At.Of(MatchFields.Header)) + " " + texts.Regex(Field(field.Value.Text), match.At.Of(MatchFields.Header)))],
            Query = query.Length == 0 || expression ? null : texts.Regex(query[0], at),
            QueryExpression = expression ? texts.Matches("{http.request.uri.query}", query, at) : null,
        };
    }

    private static string Query(ValueCondition query)
    {
        // A name alone has an empty value.
        string value = "=" + string.Join("[^&]*", query.Value.Text.Split('*').Select(PathPattern.Escape));
        return "(?:^|&)" + PathPattern.Escape(query.Name) + (query.Value.Matches([]) ? $"(?:{value})?" : value) + "(?:&|$)";
    }

    // A star at the end needs no regex for the rest.
    private static string Field(string glob)
    {
        string regex = "^" + string.Join(".*", glob.Split('*').Select(PathPattern.Escape));
        return glob.EndsWith('*') ? regex[..^".*".Length] : regex + "$";
    }
}
