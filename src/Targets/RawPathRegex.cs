using System.Globalization;
using System.Text;

namespace Confgen.Targets;

/// <summary>A regex for a prefix at the start of the raw path, in whatever spelling: that is what a route cuts off or exchanges.</summary>
internal static class RawPathRegex
{
    /// <summary>One or several separators, also encoded, with the <c>.</c> segments between them.</summary>
    private const string Separator = "(?:/|%2[Ff])+(?:(?:\\.|%2[Ee])(?:/|%2[Ff])+)*";

    /// <summary>Matches a prefix; it has no group that counts.</summary>
    /// <param name="prefix">The prefix, decoded.</param>
    /// <param name="escape">Writes a text as a regex of the program's kind.</param>
    public static string Of(string prefix, Func<string, string> escape)
    {
        var result = new StringBuilder("^");
        Span<byte> bytes = stackalloc byte[4];
        if (prefix == "/")
        {
            return result.Append(Separator).ToString();
        }

        foreach (string segment in prefix.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            result.Append(Separator);
            foreach (Rune rune in segment.EnumerateRunes())
            {
                // By itself a percent sign would start an escape, and be taken for less than it is.
                result.Append("(?:").Append(rune.Value == '%' ? "" : escape(rune.ToString()) + "|");
                foreach (byte each in bytes[..rune.EncodeToUtf8(bytes)])
                {
                    result.Append('%').Append(Digit(each >> 4)).Append(Digit(each & 15));
                }

                result.Append(')');
            }
        }

        return result.ToString();
    }

    private static string Digit(int value) =>
        value < 10
            ? value.ToString(CultureInfo.InvariantCulture)
            : string.Create(null, $"[{(char)('A' + value - 10)}{(char)('a' + value - 10)}]");
}
