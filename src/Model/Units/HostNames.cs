using System.Buffers;
using System.Globalization;
using System.Net;

namespace Confgen.Model.Units;

/// <summary>Host names in the one form in which they are compared: lower case, ASCII, addresses in their shortest spelling.</summary>
internal static class HostNames
{
    private static readonly SearchValues<char> _label = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-_");

    private static readonly IdnMapping _idn = new();

    /// <summary>
    /// The canonical form of a name or an address (IPv6 in brackets), or null where it is neither. Names outside ASCII become their
    /// IDNA form (RFC 5891) where that needs no mapping beyond lower case.
    /// </summary>
    public static string? Canonical(string name)
    {
        if (name.Contains(':', StringComparison.Ordinal))
        {
            ReadOnlySpan<char> bare = name is ['[', .., ']'] ? name.AsSpan(1, name.Length - 2) : name;
            return IpAddresses.TryParse(bare, out IPAddress? v6) ? "[" + v6 + "]" : null;
        }

        string? ascii = System.Text.Ascii.IsValid(name) ? name.ToLowerInvariant() : ToAscii(name);
        return ascii is not null && AreLabels(ascii) ? ascii : null;
    }

    private static string? ToAscii(string name)
    {
        string lower = name.ToLowerInvariant();
        foreach (char c in lower)
        {
            if (c > '\x7F' && !NeedsNoMapping(c))
            {
                return null;
            }
        }

        try
        {
            return _idn.GetAscii(lower);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    // Letters that IDNA would first decompose, compose or exchange (RFC 5892, section 2.2) are left to the author: which name is meant
    // must not depend on the tables of the machine that compiles.
    private static bool NeedsNoMapping(char c) =>
        CharUnicodeInfo.GetUnicodeCategory(c) switch
        {
            UnicodeCategory.LowercaseLetter
            or UnicodeCategory.OtherLetter
            or UnicodeCategory.DecimalDigitNumber
            or UnicodeCategory.NonSpacingMark
            or UnicodeCategory.SpacingCombiningMark => c
                is not ('\u00AA' or '\u00BA' or '\u0140' or '\u0149' or '\u017F')
                    and not (>= '\u01C4' and <= '\u01CC')
                    and not (>= '\u01F1' and <= '\u01F3')
                    and not (>= '\u0300' and <= '\u036F')
                    and not (>= '\u1100' and <= '\u11FF')
                    and not (>= '\u1D00' and <= '\u1DFF')
                    and not (>= '\u2000' and <= '\u2BFF')
                    and not ('\u3099' or '\u309A')
                    and not (>= '\u3131' and <= '\u318F')
                    and not >= '\uF900',
            UnicodeCategory.ModifierLetter => c is '\u3005' or '\u309D' or '\u309E' or '\u30FC' or '\u30FD' or '\u30FE',
            _ => false,
        };

    // An underscore is no letter of host names, but names with it are in use.
    private static bool AreLabels(string name)
    {
        if (name.Length is 0 or > 253)
        {
            return false;
        }

        ReadOnlySpan<char> last = default;
        foreach (Range range in name.AsSpan().Split('.'))
        {
            last = name.AsSpan(range);
            if (last.Length is 0 or > 63 || last[0] == '-' || last[^1] == '-' || last.IndexOfAnyExcept(_label) >= 0)
            {
                return false;
            }
        }

        // A last label of digits alone makes it an address for browsers (WHATWG URL, "ends in a number"): then it must be one.
        return last.IndexOfAnyExceptInRange('0', '9') >= 0 || IpAddresses.TryParse(name, out _);
    }
}
