namespace Confgen.Model.RequestTargets;

/// <summary>Percent-encoding (RFC 3986, section 2.1).</summary>
internal static class PercentCode
{
    /// <summary>Reads the byte that starts at the index: a character for itself, or an escape that is known to be valid.</summary>
    /// <param name="text">A character for each byte.</param>
    /// <param name="at">Where it starts; afterwards, where the next one does.</param>
    public static byte Next(ReadOnlySpan<char> text, ref int at)
    {
        char c = text[at++];
        if (c != '%')
        {
            return (byte)c;
        }

        int value = (Digit(text[at]) << 4) | Digit(text[at + 1]);
        at += 2;
        return (byte)value;
    }

    /// <summary>The byte of the escape at the index, or -1 where it is none.</summary>
    public static int Escape(ReadOnlySpan<char> text, int at)
    {
        if (at + 2 >= text.Length)
        {
            return -1;
        }

        (int high, int low) = (Digit(text[at + 1]), Digit(text[at + 2]));
        return high < 0 || low < 0 ? -1 : (high << 4) | low;
    }

    private static int Digit(char c) =>
        c switch
        {
            >= '0' and <= '9' => c - '0',
            >= 'a' and <= 'f' => c - 'a' + 10,
            >= 'A' and <= 'F' => c - 'A' + 10,
            _ => -1,
        };
}
