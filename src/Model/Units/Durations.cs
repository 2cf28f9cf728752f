using System.Buffers;
using System.Globalization;
using System.Text;

namespace Confgen.Model.Units;

/// <summary>
/// Durations of the spec: <c>500ms</c>, <c>30s</c>, <c>5m</c>, <c>1h</c>, <c>1d</c>, <c>1y</c> (365 days). A fraction may stand before
/// a unit, <c>1.5s</c>, and several parts in a row from the longest unit to the shortest, <c>1h30m</c>, as Go and Caddy write them.
/// Whole milliseconds, at most a hundred years.
/// </summary>
public static class Durations
{
    internal static readonly SearchValues<char> NumberChars = SearchValues.Create("0123456789.");

    private const long Year = 31_536_000_000;
    private const long Longest = 100 * Year;

    private static readonly (string Unit, long Ms)[] _units =
    [
        ("y", Year),
        ("d", 86_400_000),
        ("h", 3_600_000),
        ("m", 60_000),
        ("s", 1000),
        ("ms", 1),
    ];

    /// <summary>Reads a duration.</summary>
    /// <param name="text">The text.</param>
    /// <param name="value">The duration.</param>
    /// <param name="problem">What is wrong, with the way out.</param>
    public static bool TryParse(string text, out TimeSpan value, out string? problem)
    {
        value = default;
        problem = null;
        if (text == "0")
        {
            return true;
        }

        decimal total = 0;
        long previous = long.MaxValue;
        ReadOnlySpan<char> rest = text;
        do
        {
            if (!TryReadNumber(ref rest, out decimal amount))
            {
                problem = $"invalid duration {Shown.Text(text)}: write it as 500ms, 30s, 5m, 1h30m or 1d";
                return false;
            }

            if (!TryReadUnit(ref rest, out long unit))
            {
                problem =
                    rest.IsEmpty && previous == long.MaxValue
                        ? $"{Shown.Text(text)} has no unit: write {text}s for seconds, or ms, m, h, d, y"
                        : $"invalid duration {Shown.Text(text)}: the units are ms, s, m, h, d and y, as in 500ms, 30s or 1h30m";
                return false;
            }

            if (unit >= previous)
            {
                problem = $"invalid duration {Shown.Text(text)}: write each unit once, the longest first, as 1h30m";
                return false;
            }

            // Compared before it is summed, so that no product can overflow.
            if (amount > (decimal)Longest / unit || (total += amount * unit) > Longest)
            {
                problem = $"{Shown.Text(text)} is over a hundred years";
                return false;
            }

            previous = unit;
        } while (!rest.IsEmpty);

        if (total != decimal.Truncate(total))
        {
            problem = $"{Shown.Text(text)} is finer than a millisecond: write whole ms";
            return false;
        }

        value = TimeSpan.FromTicks((long)total * TimeSpan.TicksPerMillisecond);
        return true;
    }

    /// <summary>A short text that reads back as the duration: one unit where that is a small number, as <c>90m</c>, else several.</summary>
    public static string Format(TimeSpan value)
    {
        long rest = value.Ticks / TimeSpan.TicksPerMillisecond;
        if (rest == 0)
        {
            return "0s";
        }

        foreach ((string unit, long ms) in _units)
        {
            if (rest % ms == 0 && rest / ms < 1000)
            {
                return string.Create(CultureInfo.InvariantCulture, $"{rest / ms}{unit}");
            }
        }

        var text = new StringBuilder();
        foreach ((string unit, long ms) in _units)
        {
            if (rest >= ms)
            {
                text.Append(CultureInfo.InvariantCulture, $"{rest / ms}{unit}");
                rest %= ms;
            }
        }

        return text.ToString();
    }

    private static bool TryReadNumber(ref ReadOnlySpan<char> rest, out decimal amount)
    {
        int end = rest.IndexOfAnyExcept(NumberChars);
        ReadOnlySpan<char> digits = end < 0 ? rest : rest[..end];
        rest = rest[digits.Length..];
        amount = 0;
        return digits.Length is > 0 and <= 20
            && char.IsAsciiDigit(digits[0])
            && char.IsAsciiDigit(digits[^1])
            && decimal.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out amount);
    }

    private static bool TryReadUnit(ref ReadOnlySpan<char> rest, out long ms)
    {
        int end = rest.IndexOfAny(NumberChars);
        ReadOnlySpan<char> word = end < 0 ? rest : rest[..end];
        foreach ((string unit, long length) in _units)
        {
            if (word.SequenceEqual(unit))
            {
                rest = rest[word.Length..];
                ms = length;
                return true;
            }
        }

        ms = 0;
        return false;
    }
}
