using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Confgen.Runtime.Messages;
using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Http2;

/// <summary>Writes a head as a block (RFC 7541) that leaves the tables of both sides as they are, and a block as frames.</summary>
internal static class HeaderBlock
{
    // What every client takes (RFC 9113, section 4.2).
    private const int LargestFrame = 16 * 1024;
    private const byte Headers = 1;
    private const byte Continuation = 9;
    private const byte EndHeaders = 4;

    // A literal without indexing, whose name is at an index of the static table or a literal too (RFC 7541, section 6.2.2).
    private const byte LiteralStatus = 8;
    private const byte Literal = 0;

    // RFC 7541, section 6.3: a pattern of three bits, and a number with a prefix of five.
    private const byte TableSize = 0x20;

    /// <summary>The block of an interim answer.</summary>
    public static byte[] OfInterim(int status, FieldList fields)
    {
        var block = new OutputBuffer();
        block.Write([LiteralStatus]);
        WriteText(block, Encoding.ASCII.GetBytes(status.ToString(CultureInfo.InvariantCulture)));
        for (int i = 0; i < fields.Count; i++)
        {
            if (FieldKinds.IsHopByHop(fields[i].Kind) || fields[i].Kind == FieldKind.ContentLength)
            {
                continue;
            }

            block.Write([Literal]);
            byte[] name = fields.Name(i).ToArray();
            Ascii.ToLowerInPlace(name, out _);
            WriteText(block, name);
            WriteText(block, fields.Value(i));
        }

        byte[] bytes = block.Memory.ToArray();
        block.Release();
        return bytes;
    }

    /// <summary>What a block begins with where it says how large the table is from there on.</summary>
    public static byte[] OfTableSize(int size)
    {
        var block = new OutputBuffer();
        WriteNumber(block, TableSize, 31, size);
        byte[] bytes = block.Memory.ToArray();
        block.Release();
        return bytes;
    }

    /// <summary>The frames of a block.</summary>
    public static byte[] Frame(int streamId, ReadOnlySpan<byte> block)
    {
        var frames = new List<byte>(block.Length + 9);
        Span<byte> header = stackalloc byte[9];
        for (byte type = Headers; !block.IsEmpty; type = Continuation)
        {
            ReadOnlySpan<byte> piece = block[..Math.Min(block.Length, LargestFrame)];
            block = block[piece.Length..];
            BinaryPrimitives.WriteInt32BigEndian(header, piece.Length << 8);
            (header[3], header[4]) = (type, block.IsEmpty ? EndHeaders : (byte)0);
            BinaryPrimitives.WriteInt32BigEndian(header[5..], streamId);
            frames.AddRange(header);
            frames.AddRange(piece);
        }

        return [.. frames];
    }

    // No Huffman coding.
    private static void WriteText(OutputBuffer block, ReadOnlySpan<byte> text)
    {
        WriteNumber(block, pattern: 0, prefix: 127, text.Length);
        block.Write(text);
    }

    // A number that doesn't fit into its prefix goes on in further bytes (RFC 7541, section 5.1).
    private static void WriteNumber(OutputBuffer block, byte pattern, int prefix, int number)
    {
        block.Write([(byte)(pattern | Math.Min(number, prefix))]);
        for (number -= prefix; number >= 0; number = number < 128 ? -1 : number >> 7)
        {
            block.Write([(byte)(number < 128 ? number : (number & 127) | 128)]);
        }
    }
}
