using System.Globalization;
using System.Text.RegularExpressions;

namespace Confgen.Targets.Caddy.Reading;

/// <summary>Sizes and durations of Caddy in the spec's words.</summary>
internal static partial class Units
{
    /// <summary>A size, as <c>10MB</c> or <c>10MiB</c> (go-humanize); null where it is none.</summary>
    public static string? Size(string text)
    {
        Match match = SizePattern().Match(text);
        if (!match.Success)
        {
            return EnvironmentMarks.IsIn(text) ? text : null;
        }

        string unit = match.Groups["unit"].Value.ToUpperInvariant() switch
        {
            "" or "B" => "",
            "K" or "KB" => "KB",
            "M" or "MB" => "MB",
            "G" or "GB" => "GB",
            "KI" or "KIB" => "KiB",
            "MI" or "MIB" => "MiB",
            _ => "GiB",
        };
        return match.Groups["number"].Value + unit;
    }

    /// <summary>A duration, as <c>1m30s</c> or <c>1d</c>; null where it is none.</summary>
    public static string? Duration(string text) =>
        EnvironmentMarks.IsIn(text) || DurationPattern().IsMatch(text) ? text
        : Milliseconds(text) is { } ms ? ms
        : null;

    // Fractions, as 1.5s.
    private static string? Milliseconds(string text)
    {
        Match match = Fraction().Match(text);
        if (
            !match.Success
            || !double.TryParse(match.Groups["number"].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
        )
        {
            return null;
        }

        double factor = match.Groups["unit"].Value switch
        {
            "ms" => 1,
            "s" => 1000,
            "m" => 60_000,
            _ => 3_600_000,
        };
        return string.Create(CultureInfo.InvariantCulture, $"{Math.Max(1, Math.Round(number * factor)):0}ms");
    }

    [GeneratedRegex(@"^(?<number>[0-9]+) ?(?<unit>[kmgKMG]?[iI]?[bB]?)\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SizePattern();

    [GeneratedRegex(@"^([0-9]+(ms|s|m|h|d))+\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex DurationPattern();

    [GeneratedRegex(@"^(?<number>[0-9]*\.[0-9]+)(?<unit>ms|s|m|h)\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Fraction();
}
