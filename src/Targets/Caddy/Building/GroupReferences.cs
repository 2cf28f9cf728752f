using System.Globalization;
using System.Text;
using Confgen.Model.Regexes;
using Confgen.Model.Routes;

namespace Confgen.Targets.Caddy.Building;

/// <summary>References to groups in a replacement.</summary>
internal static class GroupReferences
{
    /// <summary>
    /// Groups as Go writes them, <c>${1}</c>, because Go reads <c>$1a</c> as a group called <c>1a</c>; each number raised by as many groups
    /// as were put before. Names became numbers, as in the regex that is written.
    /// </summary>
    public static string ToGo(PathRewrite rewrite, int raise)
    {
        var result = new StringBuilder();
        foreach (RegexReplacementPart part in Read(rewrite).Parts)
        {
            result.Append(
                part.Literal?.Replace("$", "$$", StringComparison.Ordinal)
                    ?? string.Create(CultureInfo.InvariantCulture, $"${{{part.Group + raise}}}")
            );
        }

        return result.ToString();
    }

    /// <summary>Whether the whole match is asked for, <c>$0</c>.</summary>
    public static bool UsesWholeMatch(PathRewrite rewrite) => Read(rewrite).Parts.Any(static part => part is { Literal: null, Group: 0 });

    // The binder lets nothing else pass.
    /// <summary>Whether the replaced path starts with a slash whatever matched.</summary>
    public static bool KeepRoot(PathRewrite rewrite) => Read(rewrite).KeepsRoot;

    private static RegexReplacement Read(PathRewrite rewrite) =>
        rewrite.Regex is { } regex && RegexReplacement.TryParse(rewrite.To, regex, out RegexReplacement? replacement, out _, out _)
            ? replacement
            : throw new InvalidOperationException("no replacement: " + rewrite.To);
}
