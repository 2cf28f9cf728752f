using Confgen.Model.Regexes;
using Confgen.Model.Routes;
using Confgen.Model.Sites;
using Confgen.Targets.HAProxy.Syntax;
using Confgen.Targets.HAProxy.Views;

namespace Confgen.Targets.HAProxy.Building;

/// <summary>
/// Refuses paths that a lenient upstream could read as one behind a guard although they are not: of each guarded route whatever could be
/// read as its path and isn't. A regex can't be asked about another reading, so that beside one every path with several is refused.
/// </summary>
internal static class OtherReadings
{
    // UTF-8 that is longer than it must be, or none.
    private const string Overlong = "(?i)%c[01]|%e0%[89]|%f0%8|%f[5-9a-f]";

    /// <summary>What is refused; nothing where every path is behind the same guards.</summary>
    public static IEnumerable<RefusalView> Of(Site site, string name, RouteConditions conditions)
    {
        if (!LenientPathRegex.Matters(site))
        {
            yield break;
        }

        string word = HAProxyQuoting.Word(name);
        yield return new RefusalView(word, [$"{{ path -m reg -- {HAProxyQuoting.Word(Overlong)} }}"]);
        yield return new RefusalView(word, [Decoded(LenientPathRegex.Escaped)]);
        yield return new RefusalView(word, [Decoded(LenientPathRegex.Dots)]);
        if (LenientPathRegex.RefusesSeveral(site))
        {
            yield return new RefusalView(word, [Decoded(LenientPathRegex.Several)]);
            yield break;
        }

        foreach (Route route in site.Routes.Where(static route => route.IsGuarded && route.Path.Kind != PathMatcherKind.Regex))
        {
            string lenient = Decoded(LenientPathRegex.Of(route.Path, Escape));
            if (conditions.Path(route.Path) is { } own)
            {
                yield return new RefusalView(word, [lenient, "!" + own]);
            }

            // A regex goes first, and may take a path that is read as another one behind the guard.
            foreach (Route other in site.Routes.Where(static other => other.Path.Kind == PathMatcherKind.Regex))
            {
                if (conditions.Path(other.Path) is { } taken)
                {
                    yield return new RefusalView(word, [lenient, taken, Decoded(LenientPathRegex.Several)]);
                }
            }
        }
    }

    private static string Decoded(string regex) => $"{{ var(txn.decoded) -m reg -- {HAProxyQuoting.Word(regex)} }}";

    private static string Escape(string text) => RegexText.Escape(text, RegexDialect.Pcre);
}
