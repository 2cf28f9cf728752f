using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Confgen.Runtime.Messages;
using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Http2;

/// <summary>Writes a head as frames whose block (RFC 7541) leaves the tables of both sides as they are.</summary>
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

    /// <summary>The frames of an interim answer.</summary>
    public static byte[] OfInterim(int streamId, int status, FieldList fields)
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

        byte[] frames = Frame(streamId, block.Memory.Span);
        block.Release();
        return frames;
    }

    private static byte[] Frame(int streamId, ReadOnlySpan<byte> block)
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

    // A length of 127 or more goes on in further bytes (RFC 7541, section 5.1); no Huffman coding.
    private static void WriteText(OutputBuffer block, ReadOnlySpan<byte> text)
    {
        const int Prefix = 127;
        int length = text.Length;
        block.Write([(byte)Math.Min(length, Prefix)]);
        for (length -= Prefix; length >= 0; length = length < 128 ? -1 : length >> 7)
        {
            block.Write([(byte)(length < 128 ? length : (length & 127) | 128)]);
        }

        block.Write(text);
    }
}
