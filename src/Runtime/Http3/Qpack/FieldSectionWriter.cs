using System.Globalization;
using System.Text;
using Confgen.Runtime.Hpack;
using Confgen.Runtime.Messages;
using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Http3.Qpack;

/// <summary>
/// Encodes field sections (RFC 9204, section 4.5) by the static table alone, and without Huffman coding: it would save a fifth of a head's
/// bytes for the price of its CPU.
/// </summary>
internal static class FieldSectionWriter
{
    private const byte IndexedStatic = 0xC0;
    private const byte NameReferenceStatic = 0x50;
    private const byte LiteralName = 0x20;

    // Longer names are no names that anybody sends; they get an array of their own.
    private const int LongName = 128;

    /// <summary>Begins the section of a response.</summary>
    public static void WriteStatus(OutputBuffer output, int status)
    {
        output.Write([0, 0]);
        Span<byte> text = stackalloc byte[3];
        status.TryFormat(text, out int length, provider: CultureInfo.InvariantCulture);
        WriteField(output, ":status"u8, text[..length]);
    }

    /// <summary>Begins a section without a status: trailers.</summary>
    public static void WriteNoStatus(OutputBuffer output) => output.Write([0, 0]);

    /// <summary>
    /// Adds fields, without those that concern a connection of HTTP/1.1 and without the length, which the sender knows better.
    /// </summary>
    public static void WriteFields(OutputBuffer output, FieldList fields)
    {
        for (int i = 0; i < fields.Count; i++)
        {
            if (StreamHead.IsWritten(fields[i].Kind))
            {
                WriteField(output, fields.Name(i), fields.Value(i));
            }
        }
    }

    /// <summary>Adds a field; its name is sent in lower case (RFC 9114, section 4.2).</summary>
    public static void WriteField(OutputBuffer output, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        Span<byte> lower = name.Length <= LongName ? stackalloc byte[LongName] : new byte[name.Length];
        lower = lower[..name.Length];
        Ascii.ToLower(name, lower, out _);
        int index = StaticTable.Fields.Find(lower, value, out bool hasValue);
        if (hasValue)
        {
            PrefixedInteger.Write(output, IndexedStatic, 6, index);
            return;
        }

        if (index >= 0)
        {
            PrefixedInteger.Write(output, NameReferenceStatic, 4, index);
        }
        else
        {
            PrefixedInteger.Write(output, LiteralName, 3, lower.Length);
            output.Write(lower);
        }

        PrefixedInteger.Write(output, 0, 7, value.Length);
        output.Write(value);
    }
}
