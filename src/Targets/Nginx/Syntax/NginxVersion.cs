using System.Globalization;
using System.Runtime.InteropServices;

namespace Confgen.Targets.Nginx.Syntax;

/// <summary>A release of nginx.</summary>
/// <param name="Minor">The second number; the first is always 1.</param>
/// <param name="Patch">The third number.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct NginxVersion(int Minor, int Patch) : IComparable<NginxVersion>
{
    /// <summary>The version that a spec gets which names none: that of Debian 12.</summary>
    public static readonly NginxVersion Default = new(22, 0);

    /// <summary>Reads <c>1.22</c>, which means the first release of that line, or <c>1.22.1</c>.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out NginxVersion version)
    {
        version = default;
        if (!text.StartsWith("1."))
        {
            return false;
        }

        text = text[2..];
        int dot = text.IndexOf('.');
        int patch = 0;
        bool good = int.TryParse(dot < 0 ? text : text[..dot], NumberStyles.None, CultureInfo.InvariantCulture, out int minor)
            && (dot < 0 || int.TryParse(text[(dot + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out patch));
        version = good ? new NginxVersion(minor, patch) : default;
        return good;
    }

    /// <inheritdoc/>
    public int CompareTo(NginxVersion other) => Minor != other.Minor ? Minor.CompareTo(other.Minor) : Patch.CompareTo(other.Patch);

    /// <summary>Whether <paramref name="left"/> is older.</summary>
    public static bool operator <(NginxVersion left, NginxVersion right) => left.CompareTo(right) < 0;

    /// <summary>Whether <paramref name="left"/> is newer.</summary>
    public static bool operator >(NginxVersion left, NginxVersion right) => left.CompareTo(right) > 0;

    /// <summary>Whether <paramref name="left"/> is not newer.</summary>
    public static bool operator <=(NginxVersion left, NginxVersion right) => left.CompareTo(right) <= 0;

    /// <summary>Whether <paramref name="left"/> is not older.</summary>
    public static bool operator >=(NginxVersion left, NginxVersion right) => left.CompareTo(right) >= 0;

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"1.{Minor}.{Patch}");
}
