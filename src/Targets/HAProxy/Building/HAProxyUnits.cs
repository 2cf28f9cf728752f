using System.Globalization;

namespace Confgen.Targets.HAProxy.Building;

/// <summary>Numbers as HAProxy writes them.</summary>
internal static class HAProxyUnits
{
    /// <summary>The longest time that fits: milliseconds in 31 bits.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(int.MaxValue);

    /// <summary>A time: seconds where it has no fraction, else milliseconds; at least one.</summary>
    public static string Time(TimeSpan time)
    {
        long milliseconds = Math.Clamp((long)Math.Ceiling(time.TotalMilliseconds), 1, int.MaxValue);
        return milliseconds % 1000 == 0
            ? string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 1000}s")
            : string.Create(CultureInfo.InvariantCulture, $"{milliseconds}ms");
    }
}
