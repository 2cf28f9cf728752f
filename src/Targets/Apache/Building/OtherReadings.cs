using Confgen.Model.Regexes;
using Confgen.Model.Routes;
using Confgen.Model.Sites;
using Confgen.Targets.Apache.Syntax;

namespace Confgen.Targets.Apache.Building;

/// <summary>
/// Refuses paths that a lenient upstream could read as one behind a guard although they are not: of each guarded route whatever could be
/// read as its path and isn't. A regex can't be asked about another reading, so that beside one every path with several is refused.
/// </summary>
internal static class OtherReadings
{
    // UTF-8 that is longer than it must be, or none.
    private const string Overlong = "%(?:[Cc][01]|[Ee]0%[89]|[Ff]0%8|[Ff][5-9A-Fa-f])";

    /// <summary>The rules; none where every path is behind the same guards.</summary>
    public static IEnumerable<string> Of(Site site)
    {
        if (!LenientPathRegex.Matters(site))
        {
            return [];
        }

        List<string[]> refusals =
        [
            [On($"%{{ENV:{ApacheTexts.RawPath}}}", Overlong)],
            [On(LenientPathRegex.Escaped)],
            [On(LenientPathRegex.Dots)],
        ];
        if (LenientPathRegex.RefusesSeveral(site))
        {
            refusals.Add([On(LenientPathRegex.Several)]);
        }
        else
        {
            foreach (Route route in site.Routes.Where(static route => route.IsGuarded && route.Path.Kind != PathMatcherKind.Regex))
            {
                Refuse(site, route, refusals);
            }
        }

        return refusals.SelectMany(static conditions => conditions.Append("RewriteRule ^ - [R=400,L]"));
    }

    private static void Refuse(Site site, Route route, List<string[]> refusals)
    {
        string lenient = On(LenientPathRegex.Of(route.Path, static text => RegexText.Escape(text, RegexDialect.Pcre)));
        if (RouteConditions.PathRegex(route.Path) is { } own)
        {
            refusals.Add([lenient, On("!" + own)]);
        }

        // A regex goes first, and may take a path that is read as another one behind the guard.
        foreach (Route other in site.Routes.Where(static other => other.Path.Kind == PathMatcherKind.Regex))
        {
            if (RouteConditions.PathRegex(other.Path) is { } taken)
            {
                // A pattern may start with what RewriteCond reads as an operator.
                refusals.Add([lenient, On($"(?:{taken})"), On(LenientPathRegex.Several)]);
            }
        }
    }

    private static string On(string regex) => On("%{REQUEST_URI}", regex);

    private static string On(string what, string regex) => $"RewriteCond {ApacheQuoting.Raw(what)} {ApacheQuoting.RawRegex(regex)}";
}
