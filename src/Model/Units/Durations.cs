using System.Globalization;
using System.Text;

namespace Confgen.Model.Units;

/// <summary>Durations of the spec: <c>500ms</c>, <c>30s</c>, <c>5m</c>, <c>1h</c>, <c>1d</c>, <c>1y</c> (365 days), or several in a row as <c>1h30m</c>.</summary>
public static class Durations
{
    private static readonly (string Unit, long Ms)[] _units =
        [("ms", 1), ("y", 31_536_000_000), ("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000)];

    /// <summary>Reads a duration.</summary>
    /// <param name="text">The text.</param>
    /// <param name="value">The duration.</param>
    /// <param name="problem">What is wrong, with the way out.</param>
    public static bool TryParse(string text, out TimeSpan value, out string? problem)
    {
        value = default;
        problem = null;
        decimal total = 0;
        int at = 0;
        while (at < text.Length)
        {
            int digits = at;
            while (digits < text.Length && (char.IsAsciiDigit(text[digits]) || text[digits] == '.'))
            {
                digits++;
            }

            bool number = decimal.TryParse(text.AsSpan(at, digits - at), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal amount);
            (string unit, long ms) = _units.FirstOrDefault(u => string.CompareOrdinal(text, digits, u.Unit, 0, u.Unit.Length) == 0);
            if (!number || unit is null)
            {
                problem = number && digits == text.Length && at == 0
                    ? $"'{text}' has no unit: write '{text}s' for seconds, or ms, m, h, d, y"
                    : $"'{text}' is not a duration: write it as 500ms, 30s, 5m, 1h30m or 1d";
                return text == "0";
            }

            // Compared before it is summed, so that no product can overflow.
            if (amount > 100m * 31_536_000_000 / ms || (total += amount * ms) > 100m * 31_536_000_000)
            {
                problem = $"'{text}' is over a hundred years";
                return false;
            }

            at = digits + unit.Length;
        }

        problem = text.Length == 0 ? "an empty text is not a duration" : null;
        value = TimeSpan.FromMilliseconds((double)total);
        return problem is null;
    }

    /// <summary>The shortest text that reads back as the duration.</summary>
    public static string Format(TimeSpan value)
    {
        long rest = (long)value.TotalMilliseconds;
        if (rest == 0)
        {
            return "0s";
        }

        foreach ((string unit, long ms) in _units.Skip(1))
        {
            if (rest % ms == 0 && (rest / ms < 1000 || unit == "s"))
            {
                return string.Create(CultureInfo.InvariantCulture, $"{rest / ms}{unit}");
            }
        }

        var text = new StringBuilder();
        foreach ((string unit, long ms) in _units.Skip(1).Append(_units[0]))
        {
            if (rest >= ms)
            {
                text.Append(CultureInfo.InvariantCulture, $"{rest / ms}{unit}");
                rest %= ms;
            }
        }

        return text.ToString();
    }
}
