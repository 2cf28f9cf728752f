using System.Globalization;
using System.Text;
using Confgen.Model.Regexes;
using Confgen.Targets.Traefik.Syntax;

namespace Confgen.Targets.Traefik.Building;

/// <summary>
/// Writes a regex of the spec, which is meant for a decoded path, for one in which reserved characters may be escapes: each place that
/// takes such a character takes its escape as well, and nothing else takes a percent sign.
/// </summary>
internal sealed class ReservedRegex
{
    private readonly StringBuilder _text = new();

    /// <summary>Whether Traefik can be asked for the regex: what stands beside a word can't be told of an escape.</summary>
    public static bool CanWrite(RegexNode node) =>
        node switch
        {
            RegexAnchor anchor => anchor.Kind is RegexAnchorKind.TextStart or RegexAnchorKind.TextEnd,
            RegexGroup group => CanWrite(group.Body),
            RegexRepeat repeat => CanWrite(repeat.Body),
            RegexSequence sequence => sequence.Items.All(CanWrite),
            RegexAlternation alternation => alternation.Branches.All(CanWrite),
            _ => true,
        };

    /// <summary>The regex.</summary>
    public string Write(RegexNode root)
    {
        Append(root);
        return _text.ToString();
    }

    private void Append(RegexNode node)
    {
        switch (node)
        {
            case RegexLiteral literal:
                AppendLiteral(literal);
                break;
            case RegexClass set:
                AppendSet(set.Set);
                break;
            case RegexAnyChar any:
                AppendSet(any.Newline ? ~AsciiSet.None : ~AsciiSet.Range('\n', '\n'));
                break;
            case RegexAnchor anchor:
                _text.Append(anchor.Kind == RegexAnchorKind.TextStart ? '^' : '$');
                break;
            case RegexGroup group:
                _text.Append("(?:");
                Append(group.Body);
                _text.Append(')');
                break;
            case RegexRepeat repeat:
                // Every other piece that can be repeated stands in brackets, or is one character.
                bool nested = repeat.Body is RegexRepeat;
                _text.Append(nested ? "(?:" : "");
                Append(repeat.Body);
                _text.Append(nested ? ")" : "").Append(Times(repeat));
                break;
            case RegexSequence sequence:
                foreach (RegexNode item in sequence.Items)
                {
                    Append(item);
                }

                break;
            case RegexAlternation alternation:
                for (int i = 0; i < alternation.Branches.Count; i++)
                {
                    _text.Append(i == 0 ? "" : "|");
                    Append(alternation.Branches[i]);
                }

                break;
        }
    }

    private static string Times(RegexRepeat repeat) =>
        (repeat.Min, repeat.Max) switch
        {
            (0, null) => "*",
            (1, null) => "+",
            (0, 1) => "?",
            (int min, null) => string.Create(CultureInfo.InvariantCulture, $"{{{min},}}"),
            (int min, int max) => string.Create(CultureInfo.InvariantCulture, $"{{{min},{max}}}"),
        };

    private void AppendLiteral(RegexLiteral literal)
    {
        if (literal.IgnoreCase || ReservedCharacters.Contains(literal.Char.Value))
        {
            AsciiSet set = AsciiSet.Range((char)literal.Char.Value, (char)literal.Char.Value);
            AppendSet(literal.IgnoreCase ? set.WithBothCases() : set);
            return;
        }

        _text.Append(RegexText.Escape(literal.Char.ToString(), RegexDialect.Re2));
    }

    private void AppendSet(AsciiSet set)
    {
        string[] escapes = [.. ReservedCharacters.All.Where(c => set.Contains(c)).Select(static c => ReservedCharacters.Escape(c)[1..])];
        AsciiSet own = set & ~AsciiSet.Range('%', '%');
        string[] branches =
        [
            .. own.IsEmpty ? [] : (string[])[Class(own)],
            .. escapes.Length switch
            {
                0 => [],
                _ when escapes.Length == ReservedCharacters.All.Length => (string[])["%.."],
                1 => ["%" + escapes[0]],
                _ => [$"%(?:{string.Join('|', escapes)})"],
            },
        ];
        _text.Append(branches is [var only] && only[0] != '%' ? only : $"(?:{string.Join('|', branches)})");
    }

    // As few ranges as can be; what lies beyond ASCII is in the set or isn't.
    private static string Class(AsciiSet set)
    {
        if (!set.NonAscii && set.AsciiCount == 1)
        {
            char only = (char)Enumerable.Range(0, 128).First(set.Contains);
            return RegexText.Escape(only.ToString(), RegexDialect.Re2);
        }

        bool negated = set.NonAscii;
        AsciiSet listed = negated ? ~set : set;
        var text = new StringBuilder(negated ? "[^" : "[");
        for (int low = 0; low < 128; low++)
        {
            if (!listed.Contains(low))
            {
                continue;
            }

            int high = low;
            while (high < 127 && listed.Contains(high + 1))
            {
                high++;
            }

            AppendCharacter(text, low);
            if (high > low)
            {
                text.Append('-');
                AppendCharacter(text, high);
            }

            low = high;
        }

        return text.Append(']').ToString();
    }

    private static void AppendCharacter(StringBuilder text, int c)
    {
        if (char.IsAsciiLetterOrDigit((char)c) || c is '/' or '_' or '.' or '%' or ':' or ',' or '=' or '@' or '~')
        {
            text.Append((char)c);
        }
        else
        {
            text.Append(CultureInfo.InvariantCulture, $"\\x{c:X2}");
        }
    }
}
