using FsCheck;
using FsCheck.Fluent;

namespace Confgen.Model.Tests.RequestTargets;

/// <summary>Random targets of the pieces that matter, a character for each byte.</summary>
internal static class RandomTargets
{
    private static readonly Gen<string> _piece = Gen.Frequency(
        (6, Gen.Elements("/", "/", "/", "%2F", "%2f", "\\", "%5C", "%5c")),
        (6, Gen.Elements(".", ".", "%2e", "%2E", "..")),
        (
            10,
            Gen.Elements(
                "a",
                "p",
                "i",
                "%61",
                "%70",
                "%69",
                "b",
                ".",
                "~",
                ":",
                "@",
                ";",
                "=",
                "&",
                "+",
                "%20",
                "%3F",
                "%23",
                "%25",
                "%C3%A9",
                "%ff",
                "%0A"
            )
        ),
        (1, Gen.Elements("\"", "<", ">", "^", "{", "|", "}", "`", "\u00C3\u00A9", "[", "]")),
        (1, Gen.Elements("%", "%4", "%zz", "%00", "\0", " ", "#", "\x7F", "\t", "?", "?", "\u0100"))
    );

    /// <summary>Targets that mostly start with a slash, some of which are refused.</summary>
    public static Gen<string> Targets { get; } =
        Gen.Frequency((20, Gen.Constant("/")), (1, Gen.Elements("", "*", "a", "%2F")))
            .Zip(_piece.ListOf().Select(string.Concat))
            .Select(p => p.Item1 + p.Item2);

    /// <summary>Paths in every spelling of a prefix and something behind it; not refused.</summary>
    public static Gen<(string Prefix, string Spelled, string Tail)> Spelled { get; } =
        Gen.Elements("/api", "/api/v1", "/.well-known", "/a", "/é")
            .SelectMany(prefix =>
                Spell(prefix)
                    .Zip(Gen.Elements("", "/", "/x", "//x", "%2Fx", "/./x", "/%2e", "/.x", "/x%2Fy%20z?q=%2F&a=/../b", "?x", "?", "/?/.."))
                    .Select(p => (prefix, p.Item1, p.Item2))
            );

    private static Gen<string> Spell(string path) =>
        System
            .Text.Encoding.UTF8.GetBytes(path)
            .Select(b =>
                b == '/' ? Gen.Elements("/", "/", "%2F", "//", "/./", "/%2e/", "%2f%2F")
                : b < 128 ? Gen.Elements(((char)b).ToString(), ((char)b).ToString(), $"%{b:X2}", $"%{b:x2}")
                : Gen.Elements($"%{b:X2}", ((char)b).ToString())
            )
            .Aggregate(Gen.Constant(""), (all, one) => all.Zip(one).Select(p => p.Item1 + p.Item2));
}
