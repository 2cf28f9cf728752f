using System.Text;
using System.Text.RegularExpressions;

namespace Confgen.Fuzz.Tests;

/// <summary>
/// A second reading of request heads and trailers, by nothing but the grammar of RFC 9112, written apart from the proxy's own.
/// </summary>
internal static partial class StrictHead
{
    /// <summary>Reads a whole head with its closing empty line; null where it is none.</summary>
    public static (string Method, string Target, string Version, List<(string Name, string Value)> Fields)? ReadRequest(
        ReadOnlySpan<byte> bytes
    )
    {
        string text = Encoding.Latin1.GetString(bytes);
        text = text.StartsWith("\r\n", StringComparison.Ordinal) ? text[2..] : text;
        int end = text.IndexOf("\r\n", StringComparison.Ordinal);
        Match line = end < 0 ? Match.Empty : RequestLine().Match(text[..end]);
        return line.Success && ReadFields(text[(end + 2)..]) is { } fields
            ? (line.Groups[1].Value, line.Groups[2].Value, line.Groups[3].Value, fields)
            : null;
    }

    /// <summary>Reads field lines and the empty line behind them, and nothing else; null where they aren't.</summary>
    public static List<(string Name, string Value)>? ReadFields(string text)
    {
        if (!("\r\n" + text).EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            return null;
        }

        var fields = new List<(string, string)>();
        string[] lines = text.Split("\r\n");
        foreach (string line in lines[..^2])
        {
            Match field = FieldLine().Match(line);
            if (!field.Success)
            {
                return null;
            }

            fields.Add((field.Groups[1].Value, field.Groups[2].Value.Trim(' ', '\t')));
        }

        return fields;
    }

    [GeneratedRegex(
        @"\A(?<method>[!#$%&'*+\-.^_`|~0-9A-Za-z]+) (?<target>[^\x00-\x20\x7f]+) (?<version>HTTP/1\.[01])\z",
        RegexOptions.None,
        1000
    )]
    private static partial Regex RequestLine();

    [GeneratedRegex(@"\A(?<name>[!#$%&'*+\-.^_`|~0-9A-Za-z]+):(?<value>[\t\x20-\x7e\x80-\xff]*)\z", RegexOptions.None, 1000)]
    private static partial Regex FieldLine();
}
