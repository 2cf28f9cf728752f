using System.Text.Json;
using Confgen.Compiler.Rendering;
using Confgen.Targets.Tests.Hostile;
using Confgen.Targets.Tests.InMemory;

namespace Confgen.Targets.Tests.Caddy;

/// <summary>
/// No text of a spec changes what a Caddyfile means: for each field that takes one, what the real <c>caddy adapt</c> makes of a hostile
/// text has the shape of what it makes of a harmless one, and the text itself in its place. A text that can't be written is an error of the
/// compiler.
/// </summary>
public sealed partial class CaddyTokenFormTests(ITestOutputHelper output)
{
    private const string Harmless = "harmless";
    private const int Few = 30;
    private const string SecondLine = "\nx";

    private static readonly string[] _texts =
    [
        "@other-site",
        "@bad-request",
        "@",
        "/",
        "/*",
        "/x",
        "*",
        "* /x",
        "*/",
        "-Server",
        "+X",
        "?X",
        ">X",
        "-",
        "+",
        "{",
        "}",
        "{}",
        "a {",
        "a }",
        "#",
        "# x",
        "#x",
        "<<END",
        "<<",
        "import",
        "import x",
        "import refusals",
        "404",
        "403",
        "true",
        "0",
        "1s",
        "not",
        "defer",
        "match",
        "close",
        "{$HOME}",
        "{$HOME:x}",
        "{env.HOME}",
        "{http.request.host}",
        "{host}",
        "{vars.x}",
        "{args[0]}",
        "{args.0}",
        "{block}",
        "\\{host\\}",
        "\\",
        "a\\",
        "\"",
        "a\"b",
        "a\\\"b",
        "`",
        "a`b",
        "a`\"b",
        "'",
        "a\nb",
        "a\n}\nrespond 200\n",
        "a;b",
        "&(x)",
        "(x)",
        "$1",
        "$0",
        "${1}",
        "\\1",
        " ",
        " a",
        "a ",
        "a\tb",
        "\u00E9",
        "\uFEFFx",
        "<nil>",
        "%0a",
        "::",
    ];

    /// <summary>Each field with a site that has the text in it, as a double-quoted YAML text.</summary>
    private static readonly Dictionary<string, string> _fields = new(StringComparer.Ordinal)
    {
        ["respond.body"] = "respond: { body: TEXT }",
        ["respond.body with a status"] = "respond: { status: 403, body: TEXT }",
        ["errors.body"] = "errors: { 502: { body: TEXT } }, proxy: \"http://127.0.0.1:1\"",
        ["redirect.to"] = "redirect: TEXT",
        ["headers.request.set"] = "headers: { request: { set: { X-A: TEXT } } }, proxy: \"http://127.0.0.1:1\"",
        ["headers.request.add"] = "headers: { request: { add: { X-A: TEXT } } }, proxy: \"http://127.0.0.1:1\"",
        ["headers.response.set"] = "headers: { response: { set: { X-A: TEXT } } }, proxy: \"http://127.0.0.1:1\"",
        ["headers.response.add"] = "headers: { response: { add: { X-A: TEXT } } }, respond: x",
        ["cache_control"] = "cache_control: TEXT, proxy: \"http://127.0.0.1:1\"",
        ["basic_auth.users"] =
            "basic_auth: { realm: r, users: { TEXT: \"$2y$05$abcdefghijklmnopqrstuu5s4w1XjFYb5QqzZ1Tn8b2j0Yx6YcQ6e\" } }, proxy: "
            + "\"http://127.0.0.1:1\"",
        ["basic_auth.realm"] =
            "basic_auth: { realm: TEXT, users: { a: \"$2y$05$abcdefghijklmnopqrstuu5s4w1XjFYb5QqzZ1Tn8b2j0Yx6YcQ6e\" } }, proxy: "
            + "\"http://127.0.0.1:1\"",
        ["match.header"] = "routes: [{ path: /x, match: { header: { X-A: TEXT } }, respond: x }]",
        ["match.query"] = "routes: [{ path: /x, match: { query: { a: TEXT } }, respond: x }]",
        ["exact"] = "routes: [{ exact: TEXT, respond: x }]",
        ["replace_prefix"] = "routes: [{ path: /x, replace_prefix: TEXT, proxy: \"http://127.0.0.1:1\" }]",
        ["add_prefix"] = "routes: [{ path: /x, add_prefix: TEXT, proxy: \"http://127.0.0.1:1\" }]",
        ["files.root"] = "files: { root: TEXT }",
        ["files.index"] = "files: { root: /srv, index: [TEXT] }",
        ["files.try"] = "files: { root: /srv, try: [TEXT] }",
        ["files_first.root"] = "files_first: { root: TEXT }, proxy: \"http://127.0.0.1:1\"",
        ["errors.file"] = "errors: { 502: { file: TEXT } }, proxy: \"http://127.0.0.1:1\"",
        ["log.output"] = "log: { format: json, output: TEXT }, respond: x",
        ["tls.cert"] = "tls: { cert: TEXT, key: /k }, redirect_http: false, respond: x",
        ["forward_auth.url"] = "forward_auth: { url: URL }, proxy: \"http://127.0.0.1:1\"",
        ["cors.headers"] = "cors: { origins: [\"https://x.test\"], headers: [TEXT] }, proxy: \"http://127.0.0.1:1\"",
    };

    public static TheoryData<string> Fields => [.. _fields.Keys];

    [Theory]
    [MemberData(nameof(Fields))]
    public void No_text_changes_what_a_Caddyfile_means(string field)
    {
        if (RealCaddy.IsMissing(output))
        {
            return;
        }

        // A star means any text in a condition, "/" as a prefix is none, a field of responses that depends on the request is set
        // elsewhere, and a question mark begins the query of a URL.
        string[] written =
        [
            .. _texts.Where(text =>
                !(field == "headers.response.set" && text == "{host}")
                && !(field == "forward_auth.url" && text.StartsWith('?'))
                && !(field.StartsWith("match.", StringComparison.Ordinal) && text.Contains('*'))
                && !(field.EndsWith("_prefix", StringComparison.Ordinal) && text == "/")
                && Render(field, [text]) is not null
            ),
        ];
        output.WriteLine($"{written.Length} of {_texts.Length} can be written");
        Assert.NotEmpty(written);

        // Few at once are arguments of imports, many are written out.
        foreach (string[] some in written.Chunk(Few).Append(written))
        {
            using JsonDocument hostile = Adapt(Render(field, some) ?? "");
            using JsonDocument harmless = Adapt(Harmlessly(field, "", some) ?? Harmlessly(field, "/", some) ?? "");
            var found = new List<string>();
            Compare("", hostile.RootElement, harmless.RootElement, some, found);
            Assert.True(found.Count == 0, string.Join("\n", found));
        }
    }

    [Theory]
    [InlineData("headers: { response: { set: { X-A: TEXT } } }, websocket: true")]
    [InlineData("headers: { request: { set: { X-A: TEXT } } }")]
    public void Braces_stay_escaped_in_the_snippet_of_an_upstream(string fields)
    {
        if (RealCaddy.IsMissing(output))
        {
            return;
        }

        string spec = $$"""
            upstreams: { app: { servers: ["http://127.0.0.1:1", "http://127.0.0.1:2"] } }
            sites: [{ host: a.test, listen: 80, proxy: app, {{fields.Replace(
                "TEXT",
                "\"x{{http.vars.unknown}}\"",
                StringComparison.Ordinal
            )}} }]
            targets: { caddy: { version: "2.6.2" } }
            """;
        RenderResult result = CompiledText
            .Of(spec)
            .Render(TargetCatalogue.All.Single(t => t.Name == "caddy"), Layout.Complete, singleFile: true);
        (int code, string json, string error) = RealCaddy.Adapt(Assert.Single(result.Files).Text);
        Assert.True(code == 0, error);
        Assert.Contains("http.vars.unknown", json, StringComparison.Ordinal);
        Assert.Null(CaddyReferences.Expanded(json, "unknown"));
    }

    // A body of several lines is no argument of an import, and so written in another place.
    private static string? Harmlessly(string field, string before, string[] written) =>
        Render(
            field,
            [
                .. written.Select(
                    (text, i) =>
                        before
                        + Harmless
                        + i
                        + "h"
                        + (field.StartsWith("respond.body", StringComparison.Ordinal) && text.Contains('\n') ? SecondLine : "")
                ),
            ]
        );

    /// <summary>A text without what keeps Caddy, or a regular expression, from reading its signs.</summary>
    private static string Plain(string text) =>
        text.Replace("\\x7B", "{", StringComparison.Ordinal)
            .Replace("\\x7D", "}", StringComparison.Ordinal)
            .Replace("\\", "", StringComparison.Ordinal);

    private static JsonDocument Adapt(string text)
    {
        (int code, string json, string error) = RealCaddy.Adapt(text);
        Assert.True(code == 0, error + "\n" + text);
        return JsonDocument.Parse(json);
    }

    /// <summary>The Caddyfile of a site for each text; null where the compiler refuses them.</summary>
    private static string? Render(string field, IReadOnlyList<string> texts)
    {
        string spec =
            "sites:\n"
            + string.Concat(
                texts.Select(
                    (text, i) =>
                    {
                        string quoted = JsonSerializer.Serialize(text);
                        string url = JsonSerializer.Serialize("http://127.0.0.1:1/" + text);
                        string fields = _fields[field]
                            .Replace("TEXT", quoted, StringComparison.Ordinal)
                            .Replace("URL", url, StringComparison.Ordinal);
                        return $"  - {{ host: s{i}.test, {fields} }}\n";
                    }
                )
            );
        RenderResult result = CompiledText
            .Of(spec)
            .Render(TargetCatalogue.All.Single(t => t.Name == "caddy"), Layout.Complete, singleFile: true);
        return result.Files.Count == 0 ? null : result.Files[0].Text;
    }
}
