using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Confgen.Model.Units;

/// <summary>
/// Strict reading of addresses. The platform's parser also takes <c>10</c>, <c>0x7f.1</c>, <c>010.0.0.1</c> (octal) and zones, which
/// programs read in different ways; here an IPv4 address has four decimal numbers (RFC 6943, section 3.1.1) and IPv6 no brackets, port or
/// zone.
/// </summary>
public static class IpAddresses
{
    /// <summary>Reads an address in its strict form.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out IPAddress? address)
    {
        address = null;
        bool strict = text.Contains(':') ? text.IndexOfAny("%[]/") < 0 : IsDotted(text);
        return strict && IPAddress.TryParse(text, out address);
    }

    private static bool IsDotted(ReadOnlySpan<char> text)
    {
        if (text.Length is < 7 or > 15)
        {
            return false;
        }

        (int numbers, int digits, int value) = (0, 0, 0);
        foreach (char c in text)
        {
            if (c == '.')
            {
                if (digits == 0)
                {
                    return false;
                }

                (numbers, digits, value) = (numbers + 1, 0, 0);
            }
            else if (!char.IsAsciiDigit(c) || (digits > 0 && value == 0) || (value = (value * 10) + c - '0') > 255)
            {
                return false;
            }
            else
            {
                digits++;
            }
        }

        return numbers == 3 && digits > 0;
    }
}
