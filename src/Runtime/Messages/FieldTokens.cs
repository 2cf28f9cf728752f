using System.Text;

namespace Confgen.Runtime.Messages;

/// <summary>Fields whose value is a list of tokens.</summary>
internal static class FieldTokens
{
    /// <summary>Whether a comma-separated list has the token, compared without case.</summary>
    public static bool Has(ReadOnlySpan<byte> list, ReadOnlySpan<byte> token)
    {
        while (TryNext(ref list, out ReadOnlySpan<byte> item))
        {
            if (Ascii.EqualsIgnoreCase(item, token))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether any field of that kind has the token.</summary>
    public static bool Has(FieldList fields, FieldKind kind, ReadOnlySpan<byte> token)
    {
        for (int i = fields.IndexOf(kind); i >= 0; i = fields.IndexOf(kind, i + 1))
        {
            if (Has(fields.Value(i), token))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>How many items all fields of that kind have.</summary>
    public static int Count(FieldList fields, FieldKind kind)
    {
        int count = 0;
        for (int i = fields.IndexOf(kind); i >= 0; i = fields.IndexOf(kind, i + 1))
        {
            ReadOnlySpan<byte> list = fields.Value(i);
            while (TryNext(ref list, out _))
            {
                count++;
            }
        }

        return count;
    }

    /// <summary>Takes the next item off a comma-separated list, without the blanks around it.</summary>
    public static bool TryNext(ref ReadOnlySpan<byte> list, out ReadOnlySpan<byte> item)
    {
        item = default;
        while (!list.IsEmpty)
        {
            int comma = list.IndexOf((byte)',');
            item = (comma < 0 ? list : list[..comma]).Trim(" \t"u8);
            list = comma < 0 ? default : list[(comma + 1)..];
            if (!item.IsEmpty)
            {
                return true;
            }
        }

        return false;
    }
}
