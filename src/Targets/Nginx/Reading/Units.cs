using System.Globalization;

namespace Confgen.Targets.Nginx.Reading;

/// <summary>nginx's times and sizes as a spec writes them.</summary>
internal static class Units
{
    /// <summary>A time: <c>240</c> is <c>240s</c>; null where it is none.</summary>
    public static string? Duration(string text)
    {
        string trimmed = text.Replace(" ", "", StringComparison.Ordinal);
        if (trimmed.Length == 0 || !char.IsAsciiDigit(trimmed[0]))
        {
            return null;
        }

        // A month has 30 days; a spec has none.
        string time = char.IsAsciiDigit(trimmed[^1]) ? trimmed + "s" : trimmed;
        if (time.EndsWith('M'))
        {
            return int.TryParse(time[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out int months)
                ? string.Create(CultureInfo.InvariantCulture, $"{months * 30}d")
                : null;
        }

        return Confgen.Model.Units.Durations.TryParse(time, out _, out _) ? time : null;
    }

    /// <summary>A size: <c>1m</c> is <c>1MiB</c>; null where it is none.</summary>
    public static string? Size(string text)
    {
        string number = text.TrimEnd('k', 'K', 'm', 'M', 'g', 'G');
        if (text.Length - number.Length > 1 || !long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out long value))
        {
            return null;
        }

        string unit =
            text.Length == number.Length
                ? ""
                : text[^1] switch
                {
                    'k' or 'K' => "KiB",
                    'm' or 'M' => "MiB",
                    _ => "GiB",
                };
        return value == 0 ? "0" : string.Create(CultureInfo.InvariantCulture, $"{value}{(unit.Length == 0 ? "B" : unit)}");
    }
}
