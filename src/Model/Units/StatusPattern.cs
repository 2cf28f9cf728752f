using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Confgen.Model.Units;

/// <summary>A status (RFC 9110, section 15), or a class of statuses as <c>5xx</c>.</summary>
/// <param name="First">The first status meant, 100 to 599.</param>
/// <param name="Last">The last one, included.</param>
public sealed record StatusPattern(int First, int Last)
{
    /// <summary><c>2xx</c>.</summary>
    public static readonly StatusPattern Success = new(200, 299);

    /// <summary>Whether it is one status.</summary>
    public bool IsSingle => First == Last;

    /// <summary>Whether the status is meant.</summary>
    public bool Matches(int status) => status >= First && status <= Last;

    /// <summary>Whether one of the patterns means the status. Requests call it: nothing is allocated.</summary>
    public static bool Any(ValueList<StatusPattern> patterns, int status)
    {
        foreach (StatusPattern pattern in patterns)
        {
            if (pattern.Matches(status))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Reads a status or a class.</summary>
    /// <param name="text">The text.</param>
    /// <param name="value">The pattern.</param>
    /// <param name="problem">What is wrong, with the way out.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out StatusPattern? value, out string? problem)
    {
        value = null;
        if (text is [>= '1' and <= '5', 'x' or 'X', 'x' or 'X'])
        {
            int first = (text[0] - '0') * 100;
            value = new StatusPattern(first, first + 99);
        }
        else if (
            text.Length == 3
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int status)
            && status is >= 100 and <= 599
        )
        {
            value = new StatusPattern(status, status);
        }

        problem = value is null ? $"invalid status {Shown.Text(text)}: write 100 to 599, or a class as 5xx" : null;
        return value is not null;
    }

    /// <summary>The pattern as it is written.</summary>
    public override string ToString() =>
        IsSingle ? First.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{First / 100}xx");
}
