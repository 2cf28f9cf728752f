using System.Text;

namespace Confgen.Runtime.Messages;

/// <summary>Takes away the fields that concern one connection alone (RFC 9110, section 7.6.1).</summary>
internal static class HopByHop
{
    /// <summary>
    /// Removes hop-by-hop fields and those that Connection names. What frames or routes the message stays out of a peer's reach: the
    /// proxy reads it before, writes it anew, and so no peer can remove it by naming it.
    /// </summary>
    public static void Remove(FieldList fields)
    {
        for (int nth = 0; NthConnection(fields, nth) is >= 0 and var at; nth++)
        {
            // The bytes stay where they are when fields are removed: only positions move.
            ReadOnlySpan<byte> list = fields.Value(at);
            while (FieldTokens.TryNext(ref list, out ReadOnlySpan<byte> name))
            {
                if (!IsOption(name) && !IsProtected(FieldKinds.Of(name)))
                {
                    fields.Remove(name);
                }
            }
        }

        for (int i = fields.Count - 1; i >= 0; i--)
        {
            if (FieldKinds.IsHopByHop(fields[i].Kind))
            {
                fields.RemoveAt(i);
            }
        }
    }

    // Options that are no names of fields, and by far the most frequent ones.
    private static bool IsOption(ReadOnlySpan<byte> name) =>
        Ascii.EqualsIgnoreCase(name, "keep-alive"u8)
        || Ascii.EqualsIgnoreCase(name, "close"u8)
        || Ascii.EqualsIgnoreCase(name, "upgrade"u8);

    private static bool IsProtected(FieldKind kind) =>
        kind
            is FieldKind.Host
                or FieldKind.ContentLength
                or FieldKind.TransferEncoding
                or FieldKind.Connection
                or FieldKind.XForwardedFor
                or FieldKind.XForwardedProto
                or FieldKind.XForwardedHost
                or FieldKind.XForwardedOther
                or FieldKind.XRealIp
                or FieldKind.Forwarded;

    private static int NthConnection(FieldList fields, int nth)
    {
        int at = fields.IndexOf(FieldKind.Connection);
        for (; nth > 0 && at >= 0; nth--)
        {
            at = fields.IndexOf(FieldKind.Connection, at + 1);
        }

        return at;
    }
}
