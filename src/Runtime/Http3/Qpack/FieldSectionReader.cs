using System.Buffers;
using Confgen.Runtime.Hpack;
using Confgen.Runtime.Messages;

namespace Confgen.Runtime.Http3.Qpack;

/// <summary>
/// Decodes field sections (RFC 9204, section 4.5). The dynamic table has no capacity here: its gain is some bytes of a head, its cost
/// memory of every connection, and requests that wait for what another stream says first. So whatever refers to it is a fault of the
/// client.
/// </summary>
internal static class FieldSectionReader
{
    // RFC 9204, sections 4.5.2 to 4.5.6: the first bits of a field line.
    private const byte Indexed = 0x80;
    private const byte IndexedStatic = 0x40;
    private const byte NameReference = 0x40;
    private const byte NameStatic = 0x10;
    private const byte LiteralName = 0x20;

    /// <summary>Reads a section.</summary>
    /// <param name="section">The payload of a HEADERS frame.</param>
    /// <param name="fields">Gets the fields, pseudo-header fields included.</param>
    /// <param name="limit">The most bytes of names and values, counted as lines of HTTP/1.1.</param>
    public static SectionResult Read(ReadOnlySpan<byte> section, FieldList fields, int limit)
    {
        // Neither entries of the table nor a base among them (RFC 9204, section 4.5.1).
        if (
            !PrefixedInteger.TryRead(ref section, 8, out int required)
            || required != 0
            || section.IsEmpty
            || (section[0] & 0x80) != 0
            || !PrefixedInteger.TryRead(ref section, 7, out _)
        )
        {
            return SectionResult.Malformed;
        }

        byte[] scratch = [];
        try
        {
            long length = 0;
            while (!section.IsEmpty)
            {
                if (!TryReadLine(ref section, fields, ref scratch, limit, out bool isTooLarge))
                {
                    return SectionResult.Malformed;
                }

                length +=
                    isTooLarge ? limit
                    : fields[fields.Count - 1] is var field ? field.NameLength + field.ValueLength + MessageHead.LineOverhead
                    : 0;
                if (isTooLarge || length > limit || fields.Count > MessageHead.MostFields)
                {
                    return SectionResult.TooLarge;
                }
            }

            return SectionResult.Complete;
        }
        finally
        {
            if (scratch.Length > 0)
            {
                ArrayPool<byte>.Shared.Return(scratch);
            }
        }
    }

    private static bool TryReadLine(ref ReadOnlySpan<byte> section, FieldList fields, ref byte[] scratch, int limit, out bool isTooLarge)
    {
        isTooLarge = false;
        byte first = section[0];
        int index;
        if ((first & Indexed) != 0)
        {
            if ((first & IndexedStatic) == 0 || !PrefixedInteger.TryRead(ref section, 6, out index) || index >= StaticTable.Fields.Count)
            {
                return false;
            }

            fields.Add(StaticTable.Fields.Name(index), StaticTable.Fields.Value(index));
            return true;
        }

        int nameStart;
        int nameLength;
        if ((first & NameReference) != 0)
        {
            if ((first & NameStatic) == 0 || !PrefixedInteger.TryRead(ref section, 4, out index) || index >= StaticTable.Fields.Count)
            {
                return false;
            }

            nameLength = StaticTable.Fields.Name(index).Length;
            nameStart = fields.Append(StaticTable.Fields.Name(index));
        }
        else if (
            (first & LiteralName) == 0
            || !TryAppendString(ref section, 3, fields, ref scratch, limit, out nameStart, out nameLength, out isTooLarge)
        )
        {
            return false;
        }

        if (isTooLarge)
        {
            return true;
        }

        if (!TryAppendString(ref section, 7, fields, ref scratch, limit, out int valueStart, out int valueLength, out isTooLarge))
        {
            return false;
        }

        fields.Mark(nameStart, nameLength, valueStart, valueLength);
        return true;
    }

    // A string's length stands behind a bit that says whether it is Huffman-coded (RFC 9204, section 4.1.2).
    private static bool TryAppendString(
        ref ReadOnlySpan<byte> section,
        int prefix,
        FieldList fields,
        ref byte[] scratch,
        int limit,
        out int start,
        out int length,
        out bool isTooLarge
    )
    {
        (start, length, isTooLarge) = (0, 0, false);
        if (section.IsEmpty)
        {
            return false;
        }

        bool isHuffman = (section[0] & (1 << prefix)) != 0;
        if (!PrefixedInteger.TryRead(ref section, prefix, out int encoded) || encoded > section.Length)
        {
            return false;
        }

        ReadOnlySpan<byte> bytes = section[..encoded];
        section = section[encoded..];
        if (isHuffman)
        {
            int most = Huffman.MostDecoded(encoded);
            if (scratch.Length < most)
            {
                if (scratch.Length > 0)
                {
                    ArrayPool<byte>.Shared.Return(scratch);
                }

                scratch = ArrayPool<byte>.Shared.Rent(most);
            }

            if (!Huffman.TryDecode(bytes, scratch, out int written))
            {
                return false;
            }

            bytes = scratch.AsSpan(0, written);
        }

        isTooLarge = bytes.Length > limit;
        (start, length) = isTooLarge ? (0, 0) : (fields.Append(bytes), bytes.Length);
        return true;
    }
}
