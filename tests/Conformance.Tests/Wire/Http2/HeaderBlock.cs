namespace Confgen.Conformance.Tests.Wire.Http2;

/// <summary>
/// Writes and reads header blocks of HPACK (RFC 7541). Fields are written literally; the peer is told to keep no table of its own.
/// </summary>
internal static class HeaderBlock
{
    private static readonly Field[] _static =
    [
        .. (
            ":authority=;:method=GET;:method=POST;:path=/;:path=/index.html;:scheme=http;:scheme=https;:status=200;:status=204;:status=206;:status=304;:status=400;:status=404;:status=500;accept-charset=;"
            + "accept-encoding=gzip, "
            + "deflate;accept-language=;accept-ranges=;accept=;access-control-allow-origin=;age=;allow=;authorization=;cache-control=;content-disposition=;content-encoding=;"
            + "content-language=;content-length=;content-location=;content-range=;content-type=;cookie=;date=;etag=;expect=;expires=;from=;host=;if-match=;if-modified-since=;if-none-match=;if-range=;"
            + "if-unmodified-since=;last-modified=;link=;location=;max-forwards=;proxy-authenticate=;proxy-authorization=;range=;referer=;refresh=;retry-after=;server=;set-cookie=;strict-transport-security=;"
            + "transfer-encoding=;user-agent=;vary=;via=;www-authenticate="
        )
            .Split(';')
            .Select(pair => new Field(pair.Split('=')[0], pair.Split('=')[1])),
    ];

    public static byte[] Write(IEnumerable<Field> fields)
    {
        var block = new List<byte>();
        foreach (Field field in fields)
        {
            // Literal without indexing, new name.
            block.Add(0);
            WriteText(block, field.Name);
            WriteText(block, field.Value);
        }

        return [.. block];
    }

    /// <summary>Reads a block.</summary>
    /// <param name="block">The block, whole.</param>
    /// <param name="table">The entries that earlier blocks of the connection left; null where the peer was told to keep none.</param>
    public static IReadOnlyList<Field> Read(byte[] block, HeaderTable? table = null)
    {
        table ??= new HeaderTable(0);
        var fields = new List<Field>();
        for (int at = 0; at < block.Length; )
        {
            byte first = block[at];
            if ((first & 0x80) != 0)
            {
                fields.Add(Known(ReadNumber(block, ref at, 7), table));
            }
            else if ((first & 0xe0) == 0x20)
            {
                table.Resize(ReadNumber(block, ref at, 5));
            }
            else
            {
                bool indexed = (first & 0x40) != 0;
                int index = ReadNumber(block, ref at, indexed ? 6 : 4);
                string name = index == 0 ? ReadText(block, ref at) : Known(index, table).Name;
                var field = new Field(name, ReadText(block, ref at));
                fields.Add(field);
                if (indexed)
                {
                    table.Add(field);
                }
            }
        }

        return fields;
    }

    private static Field Known(int index, HeaderTable table) =>
        index switch
        {
            >= 1 when index <= _static.Length => _static[index - 1],
            >= 1 when table[index - _static.Length - 1] is { } kept => kept,
            _ => throw new InvalidDataException($"no entry {index} in the header table"),
        };

    private static void WriteText(List<byte> block, string text)
    {
        byte[] bytes = Bytes.Of(text);
        if (bytes.Length < 127)
        {
            block.Add((byte)bytes.Length);
        }
        else
        {
            block.Add(127);
            int rest = bytes.Length - 127;
            for (; rest >= 128; rest >>= 7)
            {
                block.Add((byte)((rest & 0x7f) | 0x80));
            }

            block.Add((byte)rest);
        }

        block.AddRange(bytes);
    }

    private static int ReadNumber(byte[] block, ref int at, int bits)
    {
        int mask = (1 << bits) - 1;
        int value = block[at++] & mask;
        if (value < mask)
        {
            return value;
        }

        for (int shift = 0; ; shift += 7)
        {
            byte next = block[at++];
            value += (next & 0x7f) << shift;
            if ((next & 0x80) == 0)
            {
                return value;
            }
        }
    }

    private static string ReadText(byte[] block, ref int at)
    {
        bool huffman = (block[at] & 0x80) != 0;
        int length = ReadNumber(block, ref at, 7);
        ReadOnlySpan<byte> bytes = block.AsSpan(at, length);
        at += length;
        return Bytes.ToText(huffman ? Huffman.Decode(bytes) : bytes);
    }
}
