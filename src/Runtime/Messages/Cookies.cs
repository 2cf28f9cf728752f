using System.Text;
using Confgen.Model.Globs;
using Confgen.Model.Rules;

namespace Confgen.Runtime.Messages;

/// <summary>The cookies of a request (RFC 6265, section 5.4).</summary>
internal static class Cookies
{
    /// <summary>The value of the first cookie of that name; null where there is none.</summary>
    public static string? Find(FieldList fields, string name)
    {
        for (int i = fields.IndexOf(FieldKind.Cookie); i >= 0; i = fields.IndexOf(FieldKind.Cookie, i + 1))
        {
            if (CookieField.TryFind(fields.Value(i), name, out ReadOnlySpan<byte> value))
            {
                return Encoding.Latin1.GetString(value);
            }
        }

        return null;
    }

    /// <summary>Whether any cookie of that name has a value that matches.</summary>
    public static bool Have(FieldList fields, string name, ValuePattern value)
    {
        for (int i = fields.IndexOf(FieldKind.Cookie); i >= 0; i = fields.IndexOf(FieldKind.Cookie, i + 1))
        {
            if (CookieField.Has(fields.Value(i), name, value))
            {
                return true;
            }
        }

        return false;
    }
}
