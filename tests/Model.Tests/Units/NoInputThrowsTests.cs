using Confgen.Model.Templates;
using Confgen.Model.Units;
using FsCheck;
using FsCheck.Fluent;

namespace Confgen.Model.Tests.Units;

public sealed class NoInputThrowsTests
{
    private delegate bool Reader(string text, out string? problem);

    private static readonly Reader[] _readers =
    [
        (string t, out string? p) => Durations.TryParse(t, out _, out p),
        (string t, out string? p) => Sizes.TryParse(t, out _, out p),
        (string t, out string? p) => RequestRate.TryParse(t, out _, out p),
        (string t, out string? p) => StatusPattern.TryParse(t, out _, out p),
        (string t, out string? p) => Cidr.TryParse(t, out _, out p),
        (string t, out string? p) => HostPattern.TryParse(t, out _, out p),
        (string t, out string? p) => ServerAddress.TryParse(t, out _, out p),
        (string t, out string? p) => TextTemplate.TryParse(t, out _, out p),
    ];

    /// <summary>Pieces that the readers look for, so that random texts come near to what they read.</summary>
    private static readonly Gen<string> _nearly = Gen.Elements(
            "1",
            "0",
            ".",
            "s",
            "ms",
            "h",
            "y",
            "kB",
            "MiB",
            "/",
            "xx",
            "503",
            ":",
            "::",
            "[",
            "]",
            "%",
            "http://",
            "unix:",
            "*.",
            "_",
            "-",
            "a",
            "é",
            "。",
            "xn--",
            "example",
            "10.0.0.0",
            "2001:db8::",
            "{",
            "}",
            "{host}",
            " ",
            "\0",
            "\r\n",
            "\uD800",
            "@",
            "999999999999999999999999"
        )
        .ListOf()
        .Select(string.Concat);

    [Fact]
    public void A_reader_gives_a_value_or_a_problem_for_any_text() =>
        Prop.ForAll(
                Gen.OneOf(_nearly, ArbMap.Default.GeneratorFor<string>().Select(s => s ?? "")).ToArbitrary(),
                text => _readers.All(read => read(text, out string? problem) == problem is null)
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
}
