using System.Text;

namespace Confgen.Runtime.Messages;

/// <summary>The cookies of a request (RFC 6265, section 5.4).</summary>
internal static class Cookies
{
    /// <summary>The value of the first cookie of that name; null where there is none.</summary>
    public static string? Find(FieldList fields, string name)
    {
        for (int i = fields.IndexOf(FieldKind.Cookie); i >= 0; i = fields.IndexOf(FieldKind.Cookie, i + 1))
        {
            ReadOnlySpan<byte> value = fields.Value(i);
            foreach (Range range in value.Split((byte)';'))
            {
                ReadOnlySpan<byte> pair = value[range].Trim(" \t"u8);
                if (pair.Length > name.Length && pair[name.Length] == '=' && Ascii.Equals(pair[..name.Length], name))
                {
                    return Encoding.Latin1.GetString(pair[(name.Length + 1)..]);
                }
            }
        }

        return null;
    }
}
