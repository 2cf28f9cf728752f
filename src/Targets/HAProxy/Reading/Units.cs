using System.Globalization;

namespace Confgen.Targets.HAProxy.Reading;

/// <summary>HAProxy's times as a spec writes them.</summary>
internal static class Units
{
    /// <summary>A time: without a unit it is in milliseconds; null where it is none.</summary>
    public static string? Duration(string text)
    {
        string number = text.TrimEnd('u', 'm', 's', 'h', 'd');
        return long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out long value)
            ? text[number.Length..] switch
            {
                "" or "ms" when value % 1000 == 0 => string.Create(CultureInfo.InvariantCulture, $"{value / 1000}s"),
                "" or "ms" => string.Create(CultureInfo.InvariantCulture, $"{value}ms"),
                "us" => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(1, value / 1000)}ms"),
                "s" or "m" or "h" or "d" => text,
                _ => null,
            }
            : null;
    }
}
