using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Model.Globs;
using Confgen.Model.Regexes;
using Confgen.Model.Routes;
using Confgen.Model.Rules;
using Confgen.Model.Sources;

namespace Confgen.Targets.HAProxy.Building;

/// <summary>Writes when a route is chosen.</summary>
internal sealed class RouteConditions(HAProxyTexts texts)
{
    /// <summary>
    /// Lists of conditions that all must hold; one of the lists is enough. An empty one holds for every request of the site.
    /// </summary>
    /// <param name="route">The route.</param>
    /// <param name="paths">Its path, and those of routes that differ from it in nothing else, all of one kind.</param>
    public IReadOnlyList<IReadOnlyList<string>> Of(Route route, IReadOnlyList<PathMatcher> paths)
    {
        IReadOnlyList<IReadOnlyList<string>> lists =
        [
            [.. Path(paths) is { } path ? (string[])[path] : [], .. Of(route.Match)],
        ];
        foreach (Model.Routes.RouteConditions block in route.Match.Not)
        {
            // What doesn't meet all of a block fails one of its conditions.
            lists = [.. lists.SelectMany(list => Of(block).Select(condition => (IReadOnlyList<string>)[.. list, "!" + condition]))];
        }

        return lists;
    }

    /// <summary>When a path fits; null for always.</summary>
    public string? Path(PathMatcher path) => Path([path]);

    private string? Path(IReadOnlyList<PathMatcher> paths)
    {
        string words = string.Join(' ', paths.Select(Pattern));
        return paths[0].Kind switch
        {
            PathMatcherKind.Exact => $"{{ var(txn.path) -m str -- {words} }}",
            PathMatcherKind.Regex => $"{{ var(txn.path) -m reg -- {words} }}",
            _ when paths[0].IsEverything => null,
            // `below` is the path with a slash behind it, so that whole segments alone fit.
            _ => $"{{ var(txn.below) -m beg -- {words} }}",
        };
    }

    private string Pattern(PathMatcher path) =>
        path.Kind switch
        {
            PathMatcherKind.Exact => texts.Word(path.Text, path.At.Span),
            PathMatcherKind.Regex when path.Regex is { } regex => texts.Regex(HAProxyTexts.Pcre(regex), path.At.Span),
            _ => texts.Word(path.Text.TrimEnd('/') + "/", path.At.Span),
        };

    private IEnumerable<string> Of(Model.Routes.RouteConditions match)
    {
        if (match.Methods.Count > 0)
        {
            SourceSpan at = match.At.Of(MatchFields.Method);
            yield return $"{{ method -m str -- {string.Join(' ', match.Methods.Select(method => texts.Word(method, at)))} }}";
        }

        foreach (ValueCondition header in match.Headers)
        {
            SourceSpan at = match.At.Of(MatchFields.Header);
            yield return $"{{ req.fhdr({texts.Argument(header.Name, at)}) -m reg -- "
                + $"{texts.Regex(header.Value.Write(RegexDialect.Pcre), at)} }}";
        }

        foreach (ValueCondition parameter in match.Query)
        {
            SourceSpan at = match.At.Of(MatchFields.Query);
            yield return $"{{ query -m reg -- {texts.Regex(Parameter(parameter), at)} }}";
        }

        foreach (ValueCondition cookie in match.Cookies)
        {
            SourceSpan at = match.At.Of(MatchFields.Cookie);
            yield return $"{{ req.fhdr({CookieField.Name}) -m reg -- {texts.Regex(Cookie(cookie), at)} }}";
        }

        if (match.Clients.Count > SiteRules.MostPatterns)
        {
            texts.Refuse(
                match.At.Of(MatchFields.Client),
                $"a line of HAProxy's configuration has words for {SiteRules.MostPatterns} networks",
                "write fewer and wider networks, or several routes"
            );
        }
        else if (match.Clients.Count > 0)
        {
            yield return $"{{ var(txn.client) -m ip {string.Join(' ', match.Clients)} }}";
        }
    }

    // Blanks around a pair don't count.
    private static string Cookie(ValueCondition cookie) =>
        @"(?:^|;)[ \t]*"
        + RegexText.Escape(cookie.Name, RegexDialect.Pcre)
        + "="
        + cookie.Value.WriteBody(RegexDialect.Pcre, "[^;]*")
        + @"[ \t]*(?:;|\z)";

    // Any occurrence, raw bytes; a name without `=` has an empty value.
    private static string Parameter(ValueCondition parameter)
    {
        ValuePattern glob = parameter.Value;
        string value = "=" + glob.WriteBody(RegexDialect.Pcre, "[^&]*");
        return "(?:^|&)" + RegexText.Escape(parameter.Name, RegexDialect.Pcre) + (glob.Matches([]) ? $"(?:{value})?" : value) + @"(?:&|\z)";
    }
}
