namespace Confgen.Targets.Tests.Hostile;

/// <summary>Values that mean something to a program's own language, and harmless ones.</summary>
internal static class HostileValues
{
    /// <summary>Stands in each harmless value, and in nothing else.</summary>
    public const string Mark = "benign";

    /// <summary>
    /// Harmless values of each sort that a target writes otherwise: with a dollar sign, for which nginx needs a variable, with braces,
    /// blanks, percent signs, separators of lists.
    /// </summary>
    public static readonly string[] Twins =
    [
        Mark,
        "benign$",
        "benign{{",
        "benign{x",
        "benign benign",
        "benign%25",
        "benign,benign",
        "benign/benign",
        "benign\u00e4",
        "benign*",
        "*.benign",
        "benign?benign=benign",
        "benign:1",
        "benign\nbenign",
        "benign\\",
        "\"benign",
        "~benign",
        "$benign",
        "${benign}",
        "{{benign}}",
        "{benign}",
        "/benign",
        "//benign",
        "benign;",
        "https://benign",
        "http://benign",
        "Benign-Benign",
        "benign.test",
        "(benign)",
        "/(benign)",
        "{header.benign}",
        "{cookie.benign}",
        "{query.benign}",
    ];

    /// <summary>A name that no variable and no placeholder of any program has.</summary>
    public const string NoName = "nosuchname";

    /// <summary>What stands for a variable of the environment that isn't set.</summary>
    public const string Default = "expanded";

    /// <summary>
    /// References to that name, in the forms of the programs: whatever expands one has taken a text for a part of its language.
    /// </summary>
    public static readonly string[] References =
    [
        "$nosuchname",
        "${nosuchname}",
        "{http.vars.nosuchname}",
        "{http.request.header.nosuchname}",
        "{env.nosuchname}",
        "{$nosuchname:expanded}",
        "{%nosuchname%}",
        "x{http.vars.nosuchname}y",
        "\\{http.vars.nosuchname}",
        "\\$nosuchname",
        "{{http.vars.nosuchname}}",
        "{vars.nosuchname}",
        "{file./nosuchname}",
    ];

    public static readonly string[] Payloads =
    [
        // Ends of tokens, lines and blocks.
        "x; return 200 hacked;",
        "x\"; return 200 hacked; #",
        "x'; return 200 hacked; #",
        "x\n}\nrespond hacked",
        "x } respond hacked",
        "x\r\ny",
        "x{",
        "x}",
        "{",
        "}",
        "};",
        "\"",
        "'",
        "`",
        "\\",
        "x\\",
        "x\\\"",
        "\\\"; return 200 hacked; \"",
        "`x` respond hacked",
        "`\"",
        "\", \"hacked\": \"x",
        "x\n  hacked: x",
        "x: y",
        "- x",
        "x # y",
        "&x",
        "*x",
        "!!x y",
        "|",
        ">",
        "%x",
        "@x",
        ";",
        ");",
        "\n",
        "\t",
        // Beginnings that make a token another kind of token.
        "@admin",
        "/admin",
        "*",
        "*.x",
        "-x",
        "+x",
        "?x",
        ">x",
        "#x",
        "<<EOF",
        "~x",
        "~*x",
        "=x",
        "^~x",
        "!x",
        "$x",
        "(x)",
        "[x]",
        "unix:x",
        "off",
        "on",
        "none",
        "import",
        "import x",
        "0",
        "403",
        "default",
        "include x",
        "volatile",
        "hostnames",
        "http://x",
        "https://x",
        // Variables, placeholders and references.
        "$host",
        "${host}",
        "$http_cookie",
        "$${host}",
        "\\$host",
        "{{host}}",
        "{{$HOME}}",
        "{{env.HOME}}",
        "{{http.request.host}}",
        "$1",
        "%{HOST}",
        "{{.}}",
        "{{ x }}",
        "{$HOME}",
        "{env.HOME}",
        "{host}",
        "{http.request.host}",
        "{args[0]}",
        "<% x %>",
        "{header.x}",
        "{header.x`y$z}",
        "{cookie.a$b'c`d}",
        "{query.x'y;z(a)[b]$c\\}",
        "{query.$1?}",
        // What a reader may take for nothing, or for several.
        " ",
        "  x",
        "x  ",
        "a b",
        "a\tb",
        "a,b",
        "a|b",
        "a:b",
        "//x",
        "../x",
        "%00",
        "%0a",
        "\u00e4\u4f60",
        "\u0085",
        "\u2028",
        "\u0000",
        "\u001b[31m",
        "\ufeff",
        "null",
        "true",
        "~",
        "x\u00a0y",
    ];

    /// <summary>The forms in which a value takes the place of what stands there: alone, before it, after it, and in it.</summary>
    public static readonly Func<string, string, string>[] Forms =
    [
        static (_, value) => value,
        static (old, value) => old + value,
        static (old, value) => value + old,
        static (old, value) => old[..(old.Length / 2)] + value + old[(old.Length / 2)..],
        static (_, value) => "/" + value,
    ];
}
