using System.Globalization;

namespace Confgen.Conformance.Tests.Grid.Spellings;

/// <summary>Spells paths in ways that one server or another takes for the same.</summary>
internal sealed class SpellingGenerator(int seed)
{
    // "/" stands for what separates segments.
    private static readonly string[] _separators =
    [
        "/",
        "//",
        "/./",
        "\\",
        "%2f",
        "%2F",
        "%5c",
        "%252f",
        "%255c",
        "%25252f",
        "%c0%af",
        "%25c0%25af",
        "%c1%9c",
        "%e0%80%af",
        "%f0%80%80%af",
        "/;x/",
        "/;/",
        "/.;/",
        "/.;x=1/",
        "/%2e/",
        "/%252e/",
        "/ /",
        "/%20/",
        "/.%20/",
        "/a/../",
        "/a/..;/",
        "/a/%2e%2e/",
        "/a/%252e%252e/",
        "/a/.../",
        "/a/%c0%ae%c0%ae/",
        "/a\\..\\",
        "/%3b/",
        "/a/..%00/",
        "/a/. ./",
    ];

    private static readonly string[] _tails =
    [
        ";",
        ";x",
        ";x=1",
        "%3b",
        "%3Bx",
        "%253bx",
        ".",
        "..",
        "...",
        "%2e",
        "%252e",
        "%20",
        "%2520",
        "%09",
        "%00",
        "%2500",
        "%3f",
        "%3fx",
        "%23",
        "%253fx",
        "%2523",
        ". ",
        ".%20.",
        "%20.",
        ";x%2fy",
        "%0a",
        "%c0%ae",
    ];

    private readonly Random _random = new(seed);

    /// <summary>A spelling of one of the paths; some are spelled as they are.</summary>
    public string Next(IReadOnlyList<string> paths)
    {
        string[] segments = paths[_random.Next(paths.Count)].Split('/')[1..];
        int changes = _random.Next(4);
        var spelled = new string[segments.Length];
        for (int i = 0; i < segments.Length; i++)
        {
            spelled[i] = "/" + segments[i];
        }

        for (int change = 0; change < changes; change++)
        {
            int at = _random.Next(segments.Length);
            string old = spelled[at];
            spelled[at] = _random.Next(3) switch
            {
                0 when old[0] == '/' => _separators[_random.Next(_separators.Length)] + old[1..],
                1 => old + _tails[_random.Next(_tails.Length)],
                _ => WithEscape(old),
            };
        }

        string path = string.Concat(spelled);
        return path[0] == '/' ? path : "/" + path;
    }

    private string WithEscape(string text)
    {
        int[] letters = [.. Enumerable.Range(0, text.Length).Where(i => char.IsAsciiLetter(text[i]))];
        if (letters.Length == 0)
        {
            return text;
        }

        int at = letters[_random.Next(letters.Length)];
        int c = text[at];
        string hex = c.ToString(_random.Next(2) == 0 ? "x2" : "X2", CultureInfo.InvariantCulture);
        string escaped = _random.Next(6) switch
        {
            0 or 1 => "%" + hex,
            2 => "%25" + hex,
            3 => "%2525" + hex,
            4 => string.Create(CultureInfo.InvariantCulture, $"%25%{(int)hex[0]:x2}%{(int)hex[1]:x2}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"%{0xC0 | (c >> 6):x2}%{0x80 | (c & 0x3F):x2}"),
        };
        return text[..at] + escaped + text[(at + 1)..];
    }
}
