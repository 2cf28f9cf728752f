using System.Globalization;

namespace Confgen.Model.Units;

/// <summary>Requests in a time.</summary>
/// <param name="Count">The number of requests, at least 1.</param>
/// <param name="Per">The time: a second, a minute or an hour.</param>
public readonly record struct RequestRate(int Count, TimeSpan Per)
{
    /// <summary>Reads <c>10/s</c>, <c>600/m</c> or <c>1000/h</c>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="value">The rate.</param>
    /// <param name="problem">What is wrong, with the way out.</param>
    public static bool TryParse(string text, out RequestRate value, out string? problem)
    {
        value = default;
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        TimeSpan per = slash < 0 ? default : text[(slash + 1)..] switch
        {
            "s" => TimeSpan.FromSeconds(1),
            "m" => TimeSpan.FromMinutes(1),
            "h" => TimeSpan.FromHours(1),
            _ => default,
        };
        bool good = per > TimeSpan.Zero && int.TryParse(text.AsSpan(0, slash), NumberStyles.None, CultureInfo.InvariantCulture, out int count)
            && count is >= 1 and <= 1_000_000 && (value = new RequestRate(count, per)).Count > 0;
        problem = good ? null : $"'{text}' is no rate: write it as 10/s, 600/m or 1000/h";
        return good;
    }

    /// <summary>The rate as it is written.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Count}/{(Per.TotalSeconds == 1 ? "s" : Per.TotalMinutes == 1 ? "m" : "h")}");
}
