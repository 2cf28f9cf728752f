namespace Confgen.Targets.Apache.Building;

/// <summary>Numbers as httpd writes them.</summary>
internal static class ApacheUnits
{
    /// <summary>A time: seconds where it has no fraction, else milliseconds; at least one.</summary>
    public static string Time(TimeSpan time)
    {
        long milliseconds = Math.Clamp((long)Math.Ceiling(time.TotalMilliseconds), 1, int.MaxValue);
        return milliseconds % 1000 == 0 ? string.Create(null, $"{milliseconds / 1000}") : string.Create(null, $"{milliseconds}ms");
    }

    /// <summary>Whole seconds, at least one.</summary>
    public static long Seconds(TimeSpan time) => Math.Max(1, (long)Math.Ceiling(time.TotalSeconds));
}
