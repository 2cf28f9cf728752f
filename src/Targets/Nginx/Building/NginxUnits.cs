using System.Globalization;

namespace Confgen.Targets.Nginx.Building;

/// <summary>Times and sizes as nginx writes them.</summary>
internal static class NginxUnits
{
    private const long Kibi = 1024;

    /// <summary>
    /// A time: <c>1h</c>, <c>60s</c>, <c>1500ms</c>. Zero would mean something else to nginx, so it becomes the shortest time.
    /// </summary>
    public static string Time(TimeSpan time)
    {
        long milliseconds = Math.Max(1, (long)Math.Ceiling(time.TotalMilliseconds));
        return milliseconds % 3_600_000 == 0 ? Text(milliseconds / 3_600_000, "h")
            : milliseconds % 1000 == 0 ? Text(milliseconds / 1000, "s")
            : Text(milliseconds, "ms");
    }

    /// <summary>A time for a directive that takes whole seconds alone, rounded up.</summary>
    public static string Seconds(TimeSpan time) => Time(TimeSpan.FromSeconds(Math.Max(1, Math.Ceiling(time.TotalSeconds))));

    /// <summary>Whether <see cref="Seconds"/> rounds.</summary>
    public static bool HasFraction(TimeSpan time) => time.Ticks % TimeSpan.TicksPerSecond != 0;

    /// <summary>A number of bytes; nginx's <c>k</c> and <c>m</c> are powers of 1024, so a decimal size stands as it is.</summary>
    public static string Size(long bytes) =>
        bytes > 0 && bytes % (Kibi * Kibi) == 0 ? Text(bytes / (Kibi * Kibi), "m")
        : bytes > 0 && bytes % Kibi == 0 ? Text(bytes / Kibi, "k")
        : Text(bytes, "");

    private static string Text(long number, string unit) => number.ToString(CultureInfo.InvariantCulture) + unit;
}
