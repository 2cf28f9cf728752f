using System.Globalization;

namespace Confgen.Model.Units;

/// <summary>Sizes of the spec in bytes: <c>MB</c> is 10^6 and <c>MiB</c> 2^20 (IEC 80000-13); a bare number is bytes.</summary>
public static class Sizes
{
    private static readonly (string Unit, long Bytes)[] _units =
    [
        ("B", 1), ("kB", 1000), ("KB", 1000), ("MB", 1_000_000), ("GB", 1_000_000_000), ("TB", 1_000_000_000_000),
        ("KiB", 1L << 10), ("MiB", 1L << 20), ("GiB", 1L << 30), ("TiB", 1L << 40), ("", 1),
    ];

    /// <summary>Reads a size.</summary>
    /// <param name="text">The text.</param>
    /// <param name="value">The bytes.</param>
    /// <param name="problem">What is wrong, with the way out.</param>
    public static bool TryParse(string text, out long value, out string? problem)
    {
        value = 0;
        int digits = 0;
        while (digits < text.Length && (char.IsAsciiDigit(text[digits]) || text[digits] == '.'))
        {
            digits++;
        }

        string unit = text[digits..].TrimStart(' ');
        bool number = decimal.TryParse(text.AsSpan(0, digits), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal amount);
        (string known, long bytes) = _units.FirstOrDefault(u => u.Unit == unit);
        if (!number || known is null)
        {
            string? meant = unit switch { "k" or "K" => "KiB", "m" or "M" or "mb" or "Mb" => "MiB", "g" or "G" or "gb" or "Gb" => "GiB", _ => null };
            problem = number && meant is not null
                ? $"'{text}' could mean two sizes: write {amount}{meant} for 2^{(meant[0] == 'K' ? 10 : meant[0] == 'M' ? 20 : 30)}, or {amount}{meant[0]}B for powers of ten"
                : $"'{text}' is not a size: write it as 512KiB, 50MB or 1GiB";
            return false;
        }

        if (amount > (decimal)(1L << 50) / bytes)
        {
            problem = $"'{text}' is over a pebibyte";
            return false;
        }

        value = (long)(amount * bytes);
        problem = null;
        return true;
    }

    /// <summary>The shortest text that reads back as the size.</summary>
    public static string Format(long bytes)
    {
        if (bytes == 0)
        {
            return "0";
        }

        (string unit, long size) = _units.Where(u => u.Unit is not ("" or "KB")).OrderByDescending(u => u.Bytes).First(u => bytes % u.Bytes == 0);
        return string.Create(CultureInfo.InvariantCulture, $"{bytes / size}{unit}");
    }
}
