using FsCheck;
using FsCheck.Fluent;

namespace Confgen.Targets.Tests.Caddy;

/// <summary>Strings made of what means something to Caddy, and of anything else.</summary>
internal static class CaddyText
{
    private static readonly string[] Pieces =
    [
        "{",
        "}",
        "{}",
        "\\",
        "\"",
        "`",
        "#",
        " ",
        "  ",
        "\t",
        "\n",
        "\r",
        "$",
        "{$HOME}",
        "{$X:y}",
        "{$",
        "{host}",
        "{path}",
        "{http.request.uuid}",
        "{args.0}",
        "{args[0]}",
        "{block}",
        "{header.X}",
        "{?query}",
        "{%uri}",
        "<<END",
        "END",
        "<",
        ">",
        "import",
        "(a)",
        "@m",
        "/x",
        "*",
        "-",
        "+",
        "?",
        ",",
        ";",
        ":",
        "é",
        "日本",
        "\U0001F600",
        "\u00A0",
        "\u2028",
        "\u0085",
        "\0",
        "\uFEFF",
        "\uD800",
        "respond",
        "}\n\tabort\n",
        "\"\n}\n",
        "a",
        "b1",
        "\\{",
        "\\}",
        "\\\"",
        "{\"k\":",
        "{\"k\":\"v\"}",
        "{env.HOME}",
        "'",
        "=",
        "&",
        "|",
        "(",
        ")",
        "[",
        "]",
    ];

    public static Arbitrary<string> Strings { get; } =
        Arb.From(
            Gen.OneOf(
                Gen.Elements(Pieces).ListOf().Select(static pieces => string.Concat(pieces)),
                ArbMap.Default.GeneratorFor<string>().Select(static text => text ?? ""),
                Gen.Choose(32, 126).Select(static code => (char)code).ListOf().Select(static chars => string.Concat(chars))
            ),
            static text => text.Length == 0 ? [] : Enumerable.Range(0, text.Length).Select(at => text.Remove(at, 1))
        );

    public static Config Many { get; } = Config.QuickThrowOnFailure.WithMaxTest(4000).WithEndSize(30);
}
