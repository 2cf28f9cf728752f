using System.Globalization;
using System.Text;
using Confgen.Runtime.Messages;
using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Hpack;

/// <summary>
/// Writes header blocks that leave the dynamic table as it is: what HPACK saves by it are bytes on a link that is local as a rule, and it
/// would make every request wait for its turn at the table.
/// </summary>
internal static class HpackWriter
{
    private const byte Literal = 0;
    private const byte NeverIndexed = 0x10;
    private const byte Indexed = 0x80;
    private const byte NamedLiteral = 0;
    private const byte ResizeToNothing = 0x20;

    // Longer names are no names that anybody sends; they get an array of their own.
    private const int LongName = 128;

    /// <summary>Writes a pseudo-field by its index in the static table, with a value of its own.</summary>
    public static void WriteNamed(OutputBuffer output, int index, string latin1)
    {
        PrefixedInteger.Write(output, NamedLiteral, 4, index);
        PrefixedInteger.Write(output, 0, 7, latin1.Length);
        output.WriteLatin1(latin1);
    }

    /// <summary>Writes a field that is in the static table whole.</summary>
    public static void WriteIndexed(OutputBuffer output, int index) => output.Write([(byte)(Indexed | index)]);

    /// <summary>Writes a field, its name in lower case.</summary>
    /// <param name="output">Where it goes.</param>
    /// <param name="name">The name.</param>
    /// <param name="value">The value.</param>
    /// <param name="isSecret">Whether no intermediary may put it into a table (RFC 7541, section 7.1.3).</param>
    public static void Write(OutputBuffer output, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, bool isSecret = false)
    {
        WriteName(output, name, isSecret);
        PrefixedInteger.Write(output, 0, 7, value.Length);
        output.Write(value);
    }

    /// <summary>As above, for a value with a character for each byte.</summary>
    public static void Write(OutputBuffer output, ReadOnlySpan<byte> name, string latin1)
    {
        WriteName(output, name, isSecret: false);
        PrefixedInteger.Write(output, 0, 7, latin1.Length);
        output.WriteLatin1(latin1);
    }

    /// <summary>Says that the table is not used; in front of a connection's first block.</summary>
    public static void WriteNoTable(OutputBuffer output) => output.Write([ResizeToNothing]);

    /// <summary>Adds the status of a response.</summary>
    public static void WriteStatus(OutputBuffer output, int status)
    {
        Span<byte> text = stackalloc byte[3];
        status.TryFormat(text, out int length, provider: CultureInfo.InvariantCulture);
        WriteField(output, ":status"u8, text[..length]);
    }

    /// <summary>Adds fields, without those that concern a connection of HTTP/1.1 and without the length.</summary>
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

    /// <summary>Adds a field; its name is sent in lower case (RFC 9113, section 8.2).</summary>
    public static void WriteField(OutputBuffer output, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        Span<byte> lower = name.Length <= LongName ? stackalloc byte[LongName] : new byte[name.Length];
        lower = lower[..name.Length];
        Ascii.ToLower(name, lower, out _);
        int index = HpackStaticTable.Fields.Find(lower, value, out bool hasValue);
        if (hasValue)
        {
            PrefixedInteger.Write(output, Indexed, 7, index + 1);
            return;
        }

        PrefixedInteger.Write(output, Literal, 4, index + 1);
        if (index < 0)
        {
            PrefixedInteger.Write(output, 0, 7, lower.Length);
            output.Write(lower);
        }

        PrefixedInteger.Write(output, 0, 7, value.Length);
        output.Write(value);
    }

    private static void WriteName(OutputBuffer output, ReadOnlySpan<byte> name, bool isSecret)
    {
        output.Write([isSecret ? NeverIndexed : Literal]);
        PrefixedInteger.Write(output, 0, 7, name.Length);
        Span<byte> lower = name.Length <= 256 ? stackalloc byte[name.Length] : new byte[name.Length];
        Ascii.ToLower(name, lower, out _);
        output.Write(lower);
    }
}
