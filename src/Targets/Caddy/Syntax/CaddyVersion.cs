using System.Globalization;
using System.Runtime.InteropServices;

namespace Confgen.Targets.Caddy.Syntax;

/// <summary>A release of Caddy 2, as <c>2.6.2</c>. Without a patch level, the first release of that series.</summary>
/// <param name="Minor">The 6 of 2.6.2.</param>
/// <param name="Patch">The 2 of 2.6.2.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct CaddyVersion(int Minor, int Patch = 0) : IComparable<CaddyVersion>
{
    /// <summary>The oldest release that outputs are written for.</summary>
    public static readonly CaddyVersion Oldest = new(6);

    /// <summary>The newest series that outputs are written for.</summary>
    public static readonly CaddyVersion Newest = new(11, 4);

    public static bool operator <(CaddyVersion left, CaddyVersion right) => left.CompareTo(right) < 0;

    public static bool operator >(CaddyVersion left, CaddyVersion right) => left.CompareTo(right) > 0;

    public static bool operator <=(CaddyVersion left, CaddyVersion right) => left.CompareTo(right) <= 0;

    public static bool operator >=(CaddyVersion left, CaddyVersion right) => left.CompareTo(right) >= 0;

    /// <summary>Reads <c>2.6</c>, <c>2.6.2</c> or <c>v2.6.2</c>.</summary>
    public static bool TryParse(string text, out CaddyVersion version)
    {
        version = default;
        string[] parts = text.StartsWith('v') ? text[1..].Split('.') : text.Split('.');
        int patch = 0;
        if (
            parts.Length is not (2 or 3)
            || parts[0] != "2"
            || !Number(parts[1], out int minor)
            || (parts.Length == 3 && !Number(parts[2], out patch))
        )
        {
            return false;
        }

        version = new CaddyVersion(minor, patch);
        return true;
    }

    /// <inheritdoc/>
    public int CompareTo(CaddyVersion other) => Minor != other.Minor ? Minor.CompareTo(other.Minor) : Patch.CompareTo(other.Patch);

    /// <inheritdoc/>
    public override string ToString() =>
        Patch == 0
            ? string.Create(CultureInfo.InvariantCulture, $"2.{Minor}")
            : string.Create(CultureInfo.InvariantCulture, $"2.{Minor}.{Patch}");

    private static bool Number(string text, out int value) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
