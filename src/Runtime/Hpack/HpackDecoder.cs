using System.Buffers;
using Confgen.Runtime.Messages;

namespace Confgen.Runtime.Hpack;

/// <summary>Decodes the header blocks of one direction of an HTTP/2 connection (RFC 7541), whose dynamic table they share.</summary>
internal sealed class HpackDecoder
{
    /// <summary>The size of the dynamic table unless a setting says otherwise (RFC 9113, section 6.5.2).</summary>
    public const int TableSize = 4096;

    // What an entry counts beside name and value (RFC 7541, section 4.1).
    private const int EntryOverhead = 32;

    private readonly List<(byte[] Name, byte[] Value)> _table = [];
    private int _tableLength;
    private int _tableLimit = TableSize;

    /// <summary>Reads a block. False where it is malformed: the tables of both sides differ from here on, so the connection has to end.</summary>
    /// <param name="block">The block, that of all its frames.</param>
    /// <param name="fields">Gets the fields, pseudo-fields included.</param>
    /// <param name="limit">The most bytes of names and values, counted as lines of HTTP/1.1.</param>
    /// <param name="isTooLarge">Whether the fields are more than that; the tables are right all the same.</param>
    public bool TryRead(ReadOnlySpan<byte> block, FieldList fields, int limit, out bool isTooLarge)
    {
        isTooLarge = false;
        long length = 0;
        bool mayResize = true;
        while (!block.IsEmpty)
        {
            byte first = block[0];
            if ((first & 0xE0) == 0x20)
            {
                // Only in front of the fields (RFC 7541, section 4.2).
                if (!mayResize || !PrefixedInteger.TryRead(ref block, 5, out int size) || size > TableSize)
                {
                    return false;
                }

                _tableLimit = size;
                Evict(0);
                continue;
            }

            mayResize = false;
            if (!TryReadField(ref block, out byte[] name, out byte[] value))
            {
                return false;
            }

            length += name.Length + value.Length + MessageHead.LineOverhead;
            isTooLarge |= length > limit || fields.Count == MessageHead.MostFields;
            if (!isTooLarge)
            {
                fields.Add(name, value);
            }
        }

        return true;
    }

    private bool TryReadField(ref ReadOnlySpan<byte> block, out byte[] name, out byte[] value)
    {
        (name, value) = ([], []);
        byte first = block[0];
        if ((first & 0x80) != 0)
        {
            return PrefixedInteger.TryRead(ref block, 7, out int at) && TryEntry(at, out name, out value);
        }

        // With incremental indexing (01), without (0000), never indexed (0001).
        bool isIndexed = (first & 0x40) != 0;
        if (!PrefixedInteger.TryRead(ref block, isIndexed ? 6 : 4, out int index)
            || !(index == 0 ? TryReadText(ref block, out name) : TryEntry(index, out name, out _))
            || !TryReadText(ref block, out value))
        {
            return false;
        }

        if (isIndexed)
        {
            int size = name.Length + value.Length + EntryOverhead;
            Evict(size);
            if (size <= _tableLimit)
            {
                _table.Add((name, value));
                _tableLength += size;
            }
        }

        return true;
    }

    // The dynamic table follows the static one, its newest entry first.
    private bool TryEntry(int index, out byte[] name, out byte[] value)
    {
        (name, value) = ([], []);
        int dynamic = index - HpackStaticTable.Count;
        if (index == 0 || dynamic > _table.Count)
        {
            return false;
        }

        (name, value) = dynamic <= 0 ? (HpackStaticTable.Name(index), HpackStaticTable.Value(index)) : _table[^dynamic];
        return true;
    }

    // Makes room for an entry; one that is larger than the table empties it (RFC 7541, section 4.4).
    private void Evict(int more)
    {
        int count = 0;
        while (count < _table.Count && _tableLength + more > _tableLimit)
        {
            _tableLength -= _table[count].Name.Length + _table[count].Value.Length + EntryOverhead;
            count++;
        }

        _table.RemoveRange(0, count);
    }

    private static bool TryReadText(ref ReadOnlySpan<byte> block, out byte[] text)
    {
        text = [];
        if (block.IsEmpty)
        {
            return false;
        }

        bool isHuffman = (block[0] & 0x80) != 0;
        if (!PrefixedInteger.TryRead(ref block, 7, out int length) || length > block.Length)
        {
            return false;
        }

        ReadOnlySpan<byte> bytes = block[..length];
        block = block[length..];
        if (!isHuffman)
        {
            text = bytes.ToArray();
            return true;
        }

        byte[] decoded = ArrayPool<byte>.Shared.Rent(Huffman.MostDecoded(length) + 1);
        bool isGood = Huffman.TryDecode(bytes, decoded, out int written);
        text = isGood ? decoded.AsSpan(0, written).ToArray() : [];
        ArrayPool<byte>.Shared.Return(decoded);
        return isGood;
    }
}
