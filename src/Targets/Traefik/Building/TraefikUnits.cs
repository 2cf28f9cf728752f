using System.Globalization;

namespace Confgen.Targets.Traefik.Building;

/// <summary>Times as Go reads them.</summary>
internal static class TraefikUnits
{
    /// <summary>Seconds where it has no fraction, else milliseconds; at least one.</summary>
    public static string Time(TimeSpan time)
    {
        long milliseconds = Math.Max((long)Math.Ceiling(time.TotalMilliseconds), 1);
        return milliseconds % 1000 == 0
            ? string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 1000}s")
            : string.Create(CultureInfo.InvariantCulture, $"{milliseconds}ms");
    }
}
