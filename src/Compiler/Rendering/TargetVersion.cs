using System.Globalization;

namespace Confgen.Compiler.Rendering;

/// <summary>A version of a program: up to three numbers, compared in order; one left out is 0.</summary>
/// <param name="Major">The first number.</param>
/// <param name="Minor">The second.</param>
/// <param name="Patch">The third.</param>
public readonly record struct TargetVersion(int Major, int Minor, int Patch = 0) : IComparable<TargetVersion>
{
    /// <summary>Reads <c>1.22</c> or <c>2.6.2</c>, with or without a leading <c>v</c>.</summary>
    public static bool TryParse(string text, out TargetVersion version)
    {
        string[] parts = (text.StartsWith('v') ? text[1..] : text).Split('.');
        version = default;
        Span<int> numbers = [0, 0, 0];
        if (parts.Length > 3)
        {
            return false;
        }

        for (int i = 0; i < parts.Length; i++)
        {
            if (!int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i]))
            {
                return false;
            }
        }

        version = new TargetVersion(numbers[0], numbers[1], numbers[2]);
        return true;
    }

    /// <inheritdoc/>
    public int CompareTo(TargetVersion other) => (Major, Minor, Patch).CompareTo((other.Major, other.Minor, other.Patch));

    /// <summary>Earlier than.</summary>
    public static bool operator <(TargetVersion left, TargetVersion right) => left.CompareTo(right) < 0;

    /// <summary>Later than.</summary>
    public static bool operator >(TargetVersion left, TargetVersion right) => left.CompareTo(right) > 0;

    /// <summary>Not later than.</summary>
    public static bool operator <=(TargetVersion left, TargetVersion right) => left.CompareTo(right) <= 0;

    /// <summary>Not earlier than.</summary>
    public static bool operator >=(TargetVersion left, TargetVersion right) => left.CompareTo(right) >= 0;

    /// <inheritdoc/>
    public override string ToString() =>
        Patch == 0 ? string.Create(null, $"{Major}.{Minor}") : string.Create(null, $"{Major}.{Minor}.{Patch}");
}
