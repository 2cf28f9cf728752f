using Confgen.Model.Regexes;
using Confgen.Targets.Importing;

namespace Confgen.Targets.Nginx.Reading;

/// <summary>nginx's regexes (PCRE) in the spec's dialect.</summary>
internal static class Regexes
{
    /// <summary>The regex; null, with the reason, where it means something else there.</summary>
    public static string? Translate(string pcre, bool ignoresCase, out string? problem)
    {
        // `\/` is how people write a slash from habit.
        string text = pcre.Replace("\\/", "/", StringComparison.Ordinal);
        text = NegativeLookahead.Expand(text);
        text = ignoresCase ? "(?i)" + text : text;
        return RegexPattern.TryParse(text, out _, out problem, out _) ? text : null;
    }

    /// <summary>
    /// The fixed text that a regex begins with where it is anchored at the start, and whether that is all of it; null where it isn't
    /// anchored.
    /// </summary>
    public static (string Prefix, string Tail)? Anchored(string regex)
    {
        if (!regex.StartsWith('^'))
        {
            return null;
        }

        int end = 1;
        while (end < regex.Length && (char.IsAsciiLetterOrDigit(regex[end]) || regex[end] is '/' or '_' or '-' or '~'))
        {
            end++;
        }

        // A quantifier or an alternation takes the last character back.
        if (end < regex.Length && regex[end] is '?' or '*' or '+' or '{' && end > 1)
        {
            end--;
        }

        return SpecRegex.HasAlternatives(regex) ? ("", regex[1..]) : (regex[1..end], regex[end..]);
    }

    /// <summary>Whether a regex may match a path that begins with the prefix.</summary>
    public static bool MayMatchBelow(string regex, string prefix) =>
        Anchored(regex) is not { } anchored
        || anchored.Prefix.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)
        || prefix.StartsWith(anchored.Prefix, StringComparison.OrdinalIgnoreCase);
}
