using System.Buffers;
using Confgen.Runtime.Messages;

namespace Confgen.Runtime.Hpack;

/// <summary>Decodes the field blocks of one connection (RFC 7541), each with the table that the ones before it left.</summary>
internal sealed class HpackReader
{
    // RFC 7541, section 6: the first bits of a field's representation.
    private const byte Indexed = 0x80;
    private const byte Incremental = 0x40;
    private const byte Resize = 0x20;

    private readonly DynamicTable _table = new();

    /// <summary>
    /// Reads a block. One that is too large is read to its end all the same, since the next one depends on what it leaves in the table;
    /// none of the fields above the limit is kept, so that a small block can't fill the memory.
    /// </summary>
    /// <param name="block">The whole block.</param>
    /// <param name="fields">Gets the fields, pseudo-header fields included.</param>
    /// <param name="limit">The most bytes of names and values, counted as lines of HTTP/1.1.</param>
    public SectionResult Read(ReadOnlySpan<byte> block, FieldList fields, int limit)
    {
        byte[] scratch = ArrayPool<byte>.Shared.Rent(Math.Max(256, 2 * Huffman.MostDecoded(block.Length)));
        try
        {
            long length = 0;
            bool mayResize = true;
            while (!block.IsEmpty)
            {
                byte first = block[0];
                if ((first & (Indexed | Incremental)) == 0 && (first & Resize) != 0)
                {
                    // Only in front of the fields (RFC 7541, section 4.2).
                    if (!mayResize || !PrefixedInteger.TryRead(ref block, 5, out int size) || !_table.TryResize(size))
                    {
                        return SectionResult.Malformed;
                    }

                    continue;
                }

                mayResize = false;
                if (!TryReadField(ref block, scratch, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value, out bool isKept))
                {
                    return SectionResult.Malformed;
                }

                length += name.Length + value.Length + MessageHead.LineOverhead;
                if (length <= limit && fields.Count <= MessageHead.MostFields)
                {
                    fields.Add(name, value);
                }

                if (isKept)
                {
                    _table.Add(name, value);
                }
            }

            return length > limit || fields.Count > MessageHead.MostFields ? SectionResult.TooLarge : SectionResult.Complete;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(scratch);
        }
    }

    private bool TryReadField(
        ref ReadOnlySpan<byte> block,
        byte[] scratch,
        out ReadOnlySpan<byte> name,
        out ReadOnlySpan<byte> value,
        out bool isKept
    )
    {
        name = value = default;
        byte first = block[0];
        isKept = (first & (Indexed | Incremental)) == Incremental;
        if ((first & Indexed) != 0)
        {
            return PrefixedInteger.TryRead(ref block, 7, out int index) && TryFind(index, out name, out value);
        }

        if (!PrefixedInteger.TryRead(ref block, isKept ? 6 : 4, out int nameIndex))
        {
            return false;
        }

        int used = 0;
        return (nameIndex == 0 ? TryReadString(ref block, scratch, ref used, out name) : TryFind(nameIndex, out name, out _))
            && TryReadString(ref block, scratch, ref used, out value);
    }

    private bool TryFind(int index, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        name = value = default;
        index--;
        if (index < 0 || index >= HpackStaticTable.Fields.Count + _table.Count)
        {
            return false;
        }

        if (index < HpackStaticTable.Fields.Count)
        {
            name = HpackStaticTable.Fields.Name(index);
            value = HpackStaticTable.Fields.Value(index);
        }
        else
        {
            name = _table.Name(index - HpackStaticTable.Fields.Count);
            value = _table.Value(index - HpackStaticTable.Fields.Count);
        }

        return true;
    }

    // A string's length stands behind a bit that says whether it is Huffman-coded (RFC 7541, section 5.2).
    private static bool TryReadString(ref ReadOnlySpan<byte> block, byte[] scratch, scoped ref int used, out ReadOnlySpan<byte> text)
    {
        text = default;
        if (block.IsEmpty)
        {
            return false;
        }

        bool isHuffman = (block[0] & 0x80) != 0;
        if (!PrefixedInteger.TryRead(ref block, 7, out int length) || length > block.Length)
        {
            return false;
        }

        text = block[..length];
        block = block[length..];
        if (!isHuffman)
        {
            return true;
        }

        bool isWhole = Huffman.TryDecode(text, scratch.AsSpan(used), out int written);
        text = scratch.AsSpan(used, written);
        used += written;
        return isWhole;
    }
}
