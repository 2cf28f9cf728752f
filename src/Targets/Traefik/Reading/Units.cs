using System.Globalization;
using System.Text.RegularExpressions;

namespace Confgen.Targets.Traefik.Reading;

/// <summary>Durations of Go as a spec writes them.</summary>
internal static partial class Units
{
    /// <summary>A duration: a number alone is seconds; null where it is none, or nothing.</summary>
    public static string? Duration(string? text)
    {
        if (text is null || !Parts().IsMatch(text))
        {
            return null;
        }

        double milliseconds = Part()
            .Matches(text)
            .Sum(static part =>
                double.Parse(part.Groups["number"].Value, NumberStyles.Float, CultureInfo.InvariantCulture)
                * part.Groups["unit"].Value switch
                {
                    "ns" => 0.000_001,
                    "us" => 0.001,
                    "ms" => 1,
                    "m" => 60_000,
                    "h" => 3_600_000,
                    _ => 1000,
                }
            );
        long whole = (long)Math.Max(1, Math.Round(milliseconds));
        return whole % 1000 == 0
            ? string.Create(CultureInfo.InvariantCulture, $"{whole / 1000}s")
            : string.Create(CultureInfo.InvariantCulture, $"{whole}ms");
    }

    [GeneratedRegex(@"\A(?:[0-9]+(?:\.[0-9]+)?(?:ns|us|ms|s|m|h)?)+\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Parts();

    [GeneratedRegex(@"(?<number>[0-9]+(?:\.[0-9]+)?)(?<unit>ns|us|ms|s|m|h)?", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Part();
}
