using FsCheck;
using FsCheck.Fluent;

namespace Confgen.Model.Tests.Regexes;

/// <summary>Random regexes of the subset, and random texts that have a chance to match.</summary>
internal static class RandomRegexes
{
    private static readonly Gen<string> _atom = Gen.Frequency(
        (8, Gen.Elements("a", "b", "s", "K", "/", "-", "é", "日", "_", "1")),
        (2, Gen.Elements(@"\.", @"\*", @"\{", @"\/", @"\x2F", @"\x{0a}", @"\n", @"\t", "{", "]", "}", " ", @"\Qa.\E", "&")),
        (
            4,
            Gen.Elements(
                "[ab]",
                "[^a]",
                "[a-z1]",
                "[^/]",
                @"[\w.-]",
                @"[^\s]",
                "[[:alpha:]]",
                "[[:^digit:]/]",
                "[]a]",
                "[a-]",
                "[^\\n]",
                "[{}]",
                "[k]",
                @"[\D]"
            )
        ),
        (3, Gen.Elements(@"\d", @"\D", @"\w", @"\W", @"\s", @"\S", ".", "."))
    );

    private static readonly Gen<string> _anchor = Gen.Elements("^", "$", @"\A", @"\z", @"\b", @"\B");

    /// <summary>Regexes in which programs agree on which groups match: no repetition of what can be empty.</summary>
    public static Gen<string> Regexes { get; } =
        Gen.Sized(size => Alternation(Math.Min(size / 12, 4)).Where(r => r.Length > 0))
            .Zip(Gen.Frequency((6, Gen.Constant("")), (2, Gen.Constant("(?i)")), (1, Gen.Constant("(?U)")), (1, Gen.Constant("(?s)"))))
            .Select(p => p.Item2 + p.Item1);

    public static Gen<byte[]> Texts { get; } =
        Gen.Frequency(
                (
                    20,
                    Gen.Elements("a", "b", "A", "S", "s", "k", "/", ".", "-", "_", "1", "{", "é", "日", "\n", "\r", "\t", " ", "]", "*")
                        .Select(System.Text.Encoding.UTF8.GetBytes)
                ),
                (1, Gen.Elements(0x00, 0x0B, 0x7F, 0x80, 0xC3, 0xE9, 0xFF).Select(b => new[] { (byte)b }))
            )
            .ListOf()
            .Select(parts => parts.SelectMany(p => p).Take(12).ToArray());

    private static Gen<string> Alternation(int depth) =>
        Gen.Frequency((4, Sequence(depth)), (1, Sequence(depth).Zip(Sequence(depth)).Select(p => p.Item1 + "|" + p.Item2)));

    private static Gen<string> Sequence(int depth) => Gen.Choose(1, 4).SelectMany(n => Gen.ArrayOf(Item(depth), n)).Select(string.Concat);

    private static Gen<string> Item(int depth) =>
        Gen.Frequency((6, Repeated(_atom)), (1, _anchor), (depth > 0 ? 3 : 0, depth > 0 ? Repeated(Group(depth - 1)) : _atom));

    private static Gen<string> Group(int depth) =>
        Gen.Elements("(", "(?:", "(?i:", "(?s-i:").Zip(Alternation(depth)).Select(p => p.Item1 + p.Item2 + ")");

    private static Gen<string> Repeated(Gen<string> item) =>
        item.Zip(Gen.Frequency((6, Gen.Constant("")), (4, Gen.Elements("*", "+", "?", "*?", "+?", "??", "{2}", "{1,3}", "{2,}?", "{0,2}"))))
            .Select(p => p.Item1 + p.Item2);
}
