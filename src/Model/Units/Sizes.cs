using System.Globalization;

namespace Confgen.Model.Units;

/// <summary>
/// Sizes of the spec in bytes: <c>kB MB GB TB</c> are powers of 1000, <c>KiB MiB GiB TiB</c> powers of 1024 (IEC 80000-13), a bare
/// number is bytes. At most a pebibyte. The letters alone (<c>k m g</c>) are refused: programs disagree on them.
/// </summary>
public static class Sizes
{
    private const long Longest = 1L << 50;

    private static readonly (string Unit, long Bytes)[] _units =
    [
        ("TiB", 1L << 40),
        ("TB", 1_000_000_000_000),
        ("GiB", 1L << 30),
        ("GB", 1_000_000_000),
        ("MiB", 1L << 20),
        ("MB", 1_000_000),
        ("KiB", 1L << 10),
        ("kB", 1000),
        ("KB", 1000),
        ("B", 1),
        ("", 1),
    ];

    /// <summary>Reads a size.</summary>
    /// <param name="text">The text.</param>
    /// <param name="value">The bytes.</param>
    /// <param name="problem">What is wrong, with the way out.</param>
    public static bool TryParse(string text, out long value, out string? problem)
    {
        value = 0;
        problem = null;
        int end = text.AsSpan().IndexOfAnyExcept(Durations.NumberChars);
        ReadOnlySpan<char> digits = end < 0 ? text : text.AsSpan(0, end);
        ReadOnlySpan<char> unit = text.AsSpan(digits.Length).TrimStart(' ');
        decimal amount = 0;
        bool number =
            digits.Length is > 0 and <= 20
            && char.IsAsciiDigit(digits[0])
            && char.IsAsciiDigit(digits[^1])
            && decimal.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out amount);
        if (!number)
        {
            problem = $"invalid size {Shown.Text(text)}: write it as 512KiB, 50MB or 1GiB";
            return false;
        }

        if (BytesOf(unit) is not { } bytes)
        {
            problem = Letter(unit) is { } letter
                ? $"{Shown.Text(text)} could mean two sizes: write {digits}{letter}iB for powers of 1024 or "
                    + $"{digits}{(letter == 'K' ? 'k' : letter)}B for powers of 1000"
                : $"invalid size {Shown.Text(text)}: the units are B, kB, MB, GB, TB and KiB, MiB, GiB, TiB";
            return false;
        }

        if (amount > (decimal)Longest / bytes)
        {
            problem = $"{Shown.Text(text)} is over a pebibyte";
            return false;
        }

        decimal exact = amount * bytes;
        if (exact != decimal.Truncate(exact))
        {
            problem = $"{Shown.Text(text)} isn't a whole number of bytes";
            return false;
        }

        value = (long)exact;
        return true;
    }

    /// <summary>The shortest text that reads back as the size; <c>0</c> for zero.</summary>
    public static string Format(long bytes)
    {
        if (bytes == 0)
        {
            return "0";
        }

        string best = "";
        foreach ((string unit, long size) in _units)
        {
            if (unit is not ("" or "KB") && bytes % size == 0)
            {
                string text = string.Create(CultureInfo.InvariantCulture, $"{bytes / size}{unit}");
                best = best.Length == 0 || text.Length < best.Length ? text : best;
            }
        }

        return best;
    }

    private static long? BytesOf(ReadOnlySpan<char> unit)
    {
        foreach ((string known, long bytes) in _units)
        {
            if (unit.SequenceEqual(known))
            {
                return bytes;
            }
        }

        return null;
    }

    // The unit's letter where only its exact meaning is in doubt: m, M, mb, Mb, mib...
    private static char? Letter(ReadOnlySpan<char> unit) =>
        unit.Length is 1 or 2 or 3
        && char.ToUpperInvariant(unit[0]) is 'K' or 'M' or 'G' or 'T'
        && (
            unit.Length == 1
            || unit[1..].Equals("b", StringComparison.OrdinalIgnoreCase)
            || unit[1..].Equals("ib", StringComparison.OrdinalIgnoreCase)
        )
            ? char.ToUpperInvariant(unit[0])
            : null;
}
