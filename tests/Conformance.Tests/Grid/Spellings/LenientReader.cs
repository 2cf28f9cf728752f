using System.Text;

namespace Confgen.Conformance.Tests.Grid.Spellings;

/// <summary>How an upstream reads a path, where it is more lenient than the contract. Each leniency is that of some server.</summary>
/// <param name="Rounds">How often escapes are decoded.</param>
/// <param name="Overlong">Whether ASCII may be written in more bytes than one.</param>
/// <param name="Backslash">Whether it separates segments.</param>
/// <param name="Parameters">Whether what follows a <c>;</c> in a segment is cut off, as by servlet containers.</param>
/// <param name="Trailing">Whether dots and blanks that end a segment are cut off, as by Windows.</param>
/// <param name="Signs">Whether a decoded <c>?</c> or <c>#</c> ends the path.</param>
internal sealed record LenientReader(int Rounds, bool Overlong, bool Backslash, bool Parameters, bool Trailing, bool Signs)
{
    private static readonly bool[] _both = [false, true];

    /// <summary>Every combination.</summary>
    public static IReadOnlyList<LenientReader> All { get; } =
    [
        .. from rounds in (int[])[1, 2, 3]
        from overlong in _both
        from backslash in _both
        from parameters in _both
        from trailing in _both
        from signs in _both
        select new LenientReader(rounds, overlong, backslash, parameters, trailing, signs),
    ];

    /// <summary>The path that it takes a raw one for, with dot segments resolved.</summary>
    public string Read(string raw)
    {
        string path = raw.Split('?')[0];
        for (int round = 0; round < Rounds; round++)
        {
            path = Decode(path);
            path = Overlong ? Shorten(path) : path;
        }

        path = Signs && path.IndexOfAny(['?', '#']) is >= 0 and var end ? path[..end] : path;
        var segments = new List<string>();
        string last = "";
        foreach (string written in (Backslash ? path.Replace('\\', '/') : path).Split('/'))
        {
            string segment = Parameters ? written.Split(';')[0] : written;
            last = segment;
            if (segment == "..")
            {
                segments.RemoveRange(Math.Max(0, segments.Count - 1), Math.Min(1, segments.Count));
            }
            else
            {
                segment = Trailing ? segment.TrimEnd([.. " .\t\r\n"]) : segment;
                segments.AddRange(segment is "" or "." ? [] : [segment]);
            }
        }

        return "/" + string.Join('/', segments) + (last is "" or "." or ".." && segments.Count > 0 ? "/" : "");
    }

    private static string Decode(string text)
    {
        var decoded = new StringBuilder();
        for (int i = 0; i < text.Length; i++)
        {
            bool isEscape = text[i] == '%' && i + 2 < text.Length && char.IsAsciiHexDigit(text[i + 1]) && char.IsAsciiHexDigit(text[i + 2]);
            decoded.Append(isEscape ? (char)Convert.ToInt32(text.Substring(i + 1, 2), 16) : text[i]);
            i += isEscape ? 2 : 0;
        }

        return decoded.ToString();
    }

    private static string Shorten(string text)
    {
        var result = new StringBuilder();
        for (int i = 0; i < text.Length; i++)
        {
            int more = text[i] switch
            {
                >= '\xC0' and < '\xC2' => 1,
                '\xE0' => 2,
                '\xF0' => 3,
                _ => 0,
            };
            if (more > 0 && i + more < text.Length && text.Substring(i + 1, more).All(c => c is >= '\x80' and < '\xC0'))
            {
                int value = text.Substring(i + 1, more).Aggregate(text[i] & (0x3F >> more), (sum, c) => (sum << 6) | (c & 0x3F));
                if (value < 0x80)
                {
                    result.Append((char)value);
                    i += more;
                    continue;
                }
            }

            result.Append(text[i]);
        }

        return result.ToString();
    }
}
