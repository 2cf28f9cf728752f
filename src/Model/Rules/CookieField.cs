using System.Text;
using Confgen.Model.Globs;

namespace Confgen.Model.Rules;

/// <summary>
/// A Cookie field: pairs of a name and a value behind <c>=</c>, with <c>;</c> between them and blanks around them that don't count. Names
/// have their case, and values are bytes as they were sent, with their quotes. A piece without <c>=</c> is no cookie.
/// </summary>
public static class CookieField
{
    /// <summary>The name of the field.</summary>
    public const string Name = "Cookie";

    /// <summary>Whether any cookie of that name in the field's value has a value that matches.</summary>
    public static bool Has(ReadOnlySpan<byte> field, string name, ValuePattern value) => TryFind(field, name, value, out _);

    /// <summary>The value of the first cookie of that name in the field's value.</summary>
    public static bool TryFind(ReadOnlySpan<byte> field, string name, out ReadOnlySpan<byte> value) =>
        TryFind(field, name, null, out value);

    private static bool TryFind(ReadOnlySpan<byte> field, string name, ValuePattern? pattern, out ReadOnlySpan<byte> value)
    {
        foreach (Range range in field.Split((byte)';'))
        {
            ReadOnlySpan<byte> pair = field[range].Trim(" \t"u8);
            if (IsNamed(pair, name))
            {
                value = pair[(name.Length + 1)..];
                if (pattern?.Matches(value) != false)
                {
                    return true;
                }
            }
        }

        value = default;
        return false;
    }

    private static bool IsNamed(ReadOnlySpan<byte> pair, string name) =>
        pair.Length > name.Length && pair[name.Length] == '=' && Ascii.Equals(pair[..name.Length], name);
}
