using System.Globalization;

namespace Confgen.Model.Units;

/// <summary>Requests in a time.</summary>
/// <param name="Count">The number of requests, 1 to 1,000,000.</param>
/// <param name="Per">The time: a second, a minute or an hour.</param>
public readonly record struct RequestRate(int Count, TimeSpan Per)
{
    /// <summary>The time in which one request is allowed.</summary>
    public TimeSpan Interval => TimeSpan.FromTicks(Per.Ticks / Count);

    /// <summary>Reads <c>10/s</c>, <c>600/m</c> or <c>1000/h</c>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="value">The rate.</param>
    /// <param name="problem">What is wrong, with the way out.</param>
    public static bool TryParse(string text, out RequestRate value, out string? problem)
    {
        value = default;
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        TimeSpan per = (slash < 0 ? "" : text.AsSpan(slash + 1)) switch
        {
            "s" => TimeSpan.FromSeconds(1),
            "m" => TimeSpan.FromMinutes(1),
            "h" => TimeSpan.FromHours(1),
            _ => TimeSpan.Zero,
        };
        if (per == TimeSpan.Zero || !int.TryParse(text.AsSpan(0, slash), NumberStyles.None, CultureInfo.InvariantCulture, out int count))
        {
            problem = $"invalid rate {Shown.Text(text)}: write it as 10/s, 600/m or 1000/h";
            return false;
        }

        problem = count switch
        {
            0 => $"{Shown.Text(text)} lets nothing pass: write 1/s or more, or deny the route",
            > 1_000_000 => $"{Shown.Text(text)} is over a million requests",
            _ => null,
        };
        value = problem is null ? new RequestRate(count, per) : default;
        return problem is null;
    }

    /// <summary>The rate as it is written.</summary>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Count}/{(Per.Ticks == TimeSpan.TicksPerSecond ? 's' : Per.Ticks == TimeSpan.TicksPerMinute ? 'm' : 'h')}"
        );
}
