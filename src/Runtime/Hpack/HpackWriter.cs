using System.Text;
using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Hpack;

/// <summary>
/// Writes header blocks that leave the dynamic table as it is: what HPACK saves by it are bytes on a link that is local as a rule, and it would
/// make every request wait for its turn at the table.
/// </summary>
internal static class HpackWriter
{
    private const byte Literal = 0;
    private const byte NeverIndexed = 0x10;
    private const byte Indexed = 0x80;
    private const byte NamedLiteral = 0;

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

    private static void WriteName(OutputBuffer output, ReadOnlySpan<byte> name, bool isSecret)
    {
        output.Write([isSecret ? NeverIndexed : Literal]);
        PrefixedInteger.Write(output, 0, 7, name.Length);
        Span<byte> lower = name.Length <= 256 ? stackalloc byte[name.Length] : new byte[name.Length];
        Ascii.ToLower(name, lower, out _);
        output.Write(lower);
    }
}
