using System.Text;

namespace Confgen.Conformance.Tests.Wire;

/// <summary>Texts as bytes and back, one character a byte: what a case writes is what goes over the wire.</summary>
internal static class Bytes
{
    public static byte[] Of(string text)
    {
        int wide = text.AsSpan().IndexOfAnyExceptInRange('\0', '\xff');
        return wide < 0
            ? Encoding.Latin1.GetBytes(text)
            : throw new FormatException($"'{text[wide]}' is no byte: write its UTF-8 bytes as \\xNN in a quoted text");
    }

    public static string ToText(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);

    /// <summary>For a person: what can't be seen is escaped, and a long text is cut.</summary>
    public static string Show(string text, int longest = 400)
    {
        var shown = new StringBuilder();
        foreach (char c in text.Length > longest ? text.AsSpan(0, longest) : text)
        {
            shown.Append(
                c switch
                {
                    '\n' => "\\n",
                    '\r' => "\\r",
                    '\t' => "\\t",
                    < ' ' or > '~' => $"\\x{(int)c:x2}",
                    _ => c.ToString(),
                }
            );
        }

        return text.Length > longest ? $"{shown}... ({text.Length} bytes)" : shown.ToString();
    }
}
