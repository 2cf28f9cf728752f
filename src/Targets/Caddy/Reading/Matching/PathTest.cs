using System.Text.RegularExpressions;
using Confgen.Model.Regexes;
using Confgen.Targets.Importing;

namespace Confgen.Targets.Caddy.Reading.Matching;

/// <summary>
/// Which paths a matcher takes: one path, all that begin with a text, or those of a regex. Caddy ignores the case of the first two.
/// </summary>
/// <param name="Kind">How.</param>
/// <param name="Text">The path, the prefix or the regex in the spec's dialect.</param>
internal sealed partial record PathTest(PathTestKind Kind, string Text)
{
    public static readonly PathTest Any = new(PathTestKind.Prefix, "/");

    private RegexPattern? _regex;

    public bool IsAny => this == Any;

    /// <summary>What Caddy calls a regex, by which its groups are named; null where the source gives it no name.</summary>
    public string? Name { get; init; }

    /// <summary>Reads one of Caddy's path patterns (modules/caddyhttp/matchers.go, MatchPath).</summary>
    public static PathTest Of(string pattern)
    {
        int stars = pattern.Count(c => c == '*');
        if (pattern is "*" or "/*")
        {
            return Any;
        }

        bool isPlain = !pattern.AsSpan().ContainsAny('?', '[', '\\');
        if (stars == 0 && isPlain)
        {
            return new PathTest(PathTestKind.Exact, pattern);
        }

        if (stars == 1 && isPlain && pattern.EndsWith('*'))
        {
            return new PathTest(PathTestKind.Prefix, pattern[..^1]);
        }

        string inner = pattern.Trim('*');
        if (stars == 1 && isPlain && pattern.StartsWith('*'))
        {
            return new PathTest(PathTestKind.Regex, $"(?i){SpecRegex.Escape(inner)}$");
        }

        if (stars == 2 && isPlain && pattern.StartsWith('*') && pattern.EndsWith('*'))
        {
            return new PathTest(PathTestKind.Regex, $"(?i){SpecRegex.Escape(inner)}");
        }

        // A star in the middle stays within a segment.
        string regex = string.Concat(
            Pieces()
                .Matches(pattern)
                .Select(m =>
                    m.Value switch
                    {
                        "*" => "[^/]*",
                        "?" => "[^/]",
                        ['[', ..] set => set,
                        var text => SpecRegex.Escape(text),
                    }
                )
        );
        return new PathTest(PathTestKind.Regex, $"(?i)^{regex}$");
    }

    /// <summary>Several file endings as one test; null where a pattern is something else.</summary>
    public static PathTest? OfEndings(IReadOnlyList<string> patterns)
    {
        string[] endings = [.. patterns.Select(p => Ending().Match(p)).Where(m => m.Success).Select(m => m.Groups["ending"].Value)];
        return endings.Length < 2 || endings.Length < patterns.Count
            ? null
            : new PathTest(PathTestKind.Regex, $@"(?i)\.({string.Join('|', endings.Select(SpecRegex.Escape))})$");
    }

    /// <summary>The paths that both take; null where there is none, or where it can't be written as one test.</summary>
    /// <param name="other">The other.</param>
    /// <param name="isKnown">Whether the result is certain.</param>
    public PathTest? And(PathTest other, out bool isKnown)
    {
        isKnown = true;
        if (this == other || other.IsAny)
        {
            return this;
        }

        if (IsAny)
        {
            return other;
        }

        switch ((Kind, other.Kind))
        {
            case (PathTestKind.Exact, _):
                return other.Takes(Text) ? this : null;
            case (_, PathTestKind.Exact):
                return Takes(other.Text) ? other : null;
            case (PathTestKind.Prefix, PathTestKind.Prefix):
                return other.Takes(Text) ? this
                    : Takes(other.Text) ? other
                    : null;
            case (PathTestKind.Prefix, PathTestKind.Regex):
                return Below(Text, other, out isKnown);
            case (PathTestKind.Regex, PathTestKind.Prefix):
                return Below(other.Text, this, out isKnown);
            default:
                isKnown = false;
                return null;
        }
    }

    /// <summary>Whether every path that this takes is one of the other's.</summary>
    public bool Implies(PathTest other) => other.IsAny || (And(other, out bool isKnown) is { } both && isKnown && both == this);

    /// <summary>Whether some path may be taken by both.</summary>
    public bool Overlaps(PathTest other) => And(other, out bool isKnown) is not null || !isKnown;

    /// <summary>Whether a path is taken.</summary>
    public bool Takes(string path) =>
        Kind switch
        {
            PathTestKind.Exact => string.Equals(path, Text, StringComparison.OrdinalIgnoreCase),
            PathTestKind.Prefix => path.StartsWith(Text, StringComparison.OrdinalIgnoreCase),
            _ => Regex is { } regex && regex.IsMatch(path),
        };

    /// <inheritdoc/>
    public bool Equals(PathTest? other) => other is not null && Kind == other.Kind && Text == other.Text;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Kind, Text);

    /// <summary>The test on the path as it was before a prefix was cut; null where it can't be told.</summary>
    public PathTest? Before(string cut) =>
        Kind != PathTestKind.Regex ? this with { Text = cut + Text }
        : Anchor(Text) is not { } rest ? this
        : new PathTest(Kind, Flag(Text) + "^" + SpecRegex.Escape(cut) + rest) { Name = Name };

    /// <summary>A regex for the same paths.</summary>
    /// <param name="ignoresCase">Whether it ignores the case, as Caddy does.</param>
    public string AsRegex(bool ignoresCase = false) =>
        Kind switch
        {
            PathTestKind.Exact => $"{(ignoresCase ? "(?i)" : "")}^{SpecRegex.Escape(Text)}$",
            PathTestKind.Prefix => $"{(ignoresCase ? "(?i)" : "")}^{SpecRegex.Escape(Text)}",
            _ => Text,
        };

    private RegexPattern? Regex => _regex ??= RegexPattern.TryParse(Text, out RegexPattern? regex, out _, out _) ? regex : null;

    // The paths of a regex below a prefix.
    private static PathTest? Below(string prefix, PathTest regex, out bool isKnown)
    {
        isKnown = true;
        if (Anchor(regex.Text) is not { } rest)
        {
            string? below = SpecRegex.Below(prefix, regex.Text);
            isKnown = below is not null;
            return below is null ? null : new PathTest(PathTestKind.Regex, below) { Name = regex.Name };
        }

        string literal = Literal().Match(rest).Value;
        if (literal.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
        {
            return regex;
        }

        isKnown = !prefix.StartsWith(literal, StringComparison.OrdinalIgnoreCase);
        return null;
    }

    private static string Flag(string regex) => regex.StartsWith("(?i)", StringComparison.Ordinal) ? "(?i)" : "";

    // What follows the anchor of a regex that has one for all of it; else null.
    private static string? Anchor(string regex)
    {
        string text = regex[Flag(regex).Length..];
        return text.StartsWith('^') && !SpecRegex.HasAlternatives(text) ? text[1..] : null;
    }

    // Plain characters that no quantifier takes back.
    [GeneratedRegex(@"^([A-Za-z0-9/_~-](?![?*+{]))*", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Literal();

    [GeneratedRegex(@"\*|\?|\[[^\]]*\]|[^*?\[]+|\[", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Pieces();

    [GeneratedRegex(@"^\*\.(?<ending>[A-Za-z0-9]+)\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Ending();
}
