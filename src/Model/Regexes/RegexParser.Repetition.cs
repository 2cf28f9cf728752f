using System.Globalization;

namespace Confgen.Model.Regexes;

internal sealed partial class RegexParser
{
    // Reads a repetition of the last item, if one is written here.
    private bool Repetition(List<RegexNode> items, int itemStart)
    {
        int start = _at;
        if (_at == text.Length)
        {
            return true;
        }

        (int Min, int? Max, int Length)? counts = text[_at] switch
        {
            '*' => (0, null, 1),
            '+' => (1, null, 1),
            '?' => (0, 1, 1),
            '{' => Braces(),
            _ => null,
        };
        if (text[_at] == '{' && IsOpenLowerBound())
        {
            Fail(_at, @"programs disagree on '{,n}': write '{0,n}' for the repetition or '\{' for the character");
            return false;
        }

        if (counts is not { } found)
        {
            return true;
        }

        if (itemStart < 0 || items.Count == 0)
        {
            Fail(start, $"there is nothing for '{text[start]}' to repeat: write '\\{text[start]}' for the character");
            return false;
        }

        RegexNode body = items[^1];
        if (body is RegexAnchor)
        {
            Fail(start, $"'{text[body.Start..body.End]}' is a place, not a text: it can't be repeated");
            return false;
        }

        (int min, int? max, int length) = found;
        if (min > MostRepetitions || max > MostRepetitions || max < min)
        {
            Fail(
                start,
                max < min
                    ? "the repetition ends below its start"
                    : string.Create(CultureInfo.InvariantCulture, $"more than {MostRepetitions} repetitions")
            );
            return false;
        }

        _at += length;
        bool lazy = _at < text.Length && text[_at] == '?';
        _at += lazy ? 1 : 0;
        if (_at < text.Length && (text[_at] is '*' or '+' or '?' || (text[_at] == '{' && Braces() is not null)))
        {
            Fail(
                _at,
                text[_at] == '+' && !lazy
                    ? "possessive repetitions are not in the RE2 subset: leave the second '+' out"
                    : $"a repetition of a repetition: put the first one into a group, (?:{text[body.Start.._at]}){text[_at]}, or leave "
                        + $"one out"
            );
            return false;
        }

        var repeat = new RegexRepeat(body, min, max, lazy ^ _flags.Ungreedy) { Start = body.Start, End = _at };
        if (Product(repeat) > MostRepetitions)
        {
            Fail(start, string.Create(CultureInfo.InvariantCulture, $"nested repetitions come to more than {MostRepetitions}"));
            return false;
        }

        items[^1] = repeat;
        return true;
    }

    // {2}, {2,}, {2,5}; null where the brace is a character.
    private (int Min, int? Max, int Length)? Braces()
    {
        int end = ClosingBrace();
        if (end < 0)
        {
            return null;
        }

        ReadOnlySpan<char> inner = text.AsSpan(_at + 1, end - 1);
        int comma = inner.IndexOf(',');
        ReadOnlySpan<char> low = comma < 0 ? inner : inner[..comma];
        ReadOnlySpan<char> high = comma < 0 ? low : inner[(comma + 1)..];
        if (low.IsEmpty || low.IndexOfAnyExceptInRange('0', '9') >= 0 || high.IndexOfAnyExceptInRange('0', '9') >= 0)
        {
            return null;
        }

        return (Count(low), comma >= 0 && high.IsEmpty ? null : Count(high), end + 1);
    }

    // Not further than counts reach, so that a text of braces takes no quadratic time.
    private int ClosingBrace() => text.AsSpan(_at, Math.Min(40, text.Length - _at)).IndexOf('}');

    private static int Count(ReadOnlySpan<char> digits) =>
        digits.TrimStart('0').Length > 4 ? MostRepetitions + 1 : int.Parse(digits, CultureInfo.InvariantCulture);

    // {,5}: a character for RE2 and older PCRE, a repetition since PCRE2 10.43.
    private bool IsOpenLowerBound()
    {
        int end = ClosingBrace();
        return end > 2 && text[_at + 1] == ',' && text.AsSpan(_at + 2, end - 2).IndexOfAnyExceptInRange('0', '9') < 0;
    }

    private static long Product(RegexNode node) =>
        node switch
        {
            RegexRepeat { Min: 0, Max: null } or RegexRepeat { Min: 1, Max: null } or RegexRepeat { Max: 0 or 1 } => Product(
                ((RegexRepeat)node).Body
            ),
            RegexRepeat repeat => (repeat.Max ?? repeat.Min) * Product(repeat.Body),
            RegexGroup group => Product(group.Body),
            RegexSequence sequence => sequence.Items.Count == 0 ? 1 : sequence.Items.Max(Product),
            RegexAlternation alternation => alternation.Branches.Max(Product),
            _ => 1,
        };
}
