using System.Text.Json.Nodes;

namespace Confgen.Cli.Tests.Editing;

/// <summary>What an editor shows at a place of a spec, marked by <c>|</c>.</summary>
public sealed class FeatureTests
{
    private const string Head = "version: 1\nupstreams:\n  app: http://127.0.0.1:3000\n  api: http://127.0.0.1:4000\nsites:\n";

    // A spec, and labels that must and must not be among the items.
    public static TheoryData<string, string, string> Places =>
        new()
        {
            { "|", "sites upstreams version", "host" },
            { "version: 1\nsi|", "sites upstreams", "version" },
            { Head + "  - |", "host listen routes proxy tls", "version" },
            { Head + "  - host: a.example.com\n    |", "listen routes proxy tls", "host" },
            { Head + "  - host: a.example.com\n    pro|\n    tls: off", "proxy listen", "host tls" },
            { Head + "  - |\n    tls: off", "host proxy", "tls" },
            { Head + "  - { host: a.example.com, | }", "proxy tls", "host" },
            { Head + "  - {\n      host: a.example.com,\n      |", "proxy tls", "host" },
            { Head + "  - host: a.example.com\n    proxy: |", "app api", "host proxy" },
            { Head + "  - { host: a.example.com, proxy: ap|", "app api", "host" },
            { Head + "  - host: a.example.com\n    routes:\n      - path: /\n        proxy: |", "app api", "path" },
            { Head + "  - host: a.example.com\n    routes:\n    - path: /\n      |", "proxy sse strip_prefix", "path listen" },
            { Head + "  - host: a.example.com\n    routes:\n      - { path: /a, proxy: app }\n      - |", "path exact proxy", "listen" },
            { Head + "  - host: a.example.com\n    timeouts:\n      |", "connect read send", "host proxy" },
            { Head + "  - host: a.example.com\n    timeouts: { read: 1s, | }", "connect send", "read" },
            { Head + "  - host: a.example.com\n    proxy: app\n    sse: |", "true false", "app" },
            {
                Head + "  - host: a.example.com\n    headers:\n      request:\n        set:\n          X-Ip: |",
                "{client_ip} {host}",
                "app"
            },
            { "upstreams:\n  app:\n    |\nsites: []", "servers health", "host" },
            { "upstreams:\n  app:\n    balance: |\nsites: []", "round_robin", "host" },
            { "tunnels:\n  home:\n    portal: { listen: 7000 }\nsites:\n  - host: a.example.com\n    proxy: tun|", "tunnel:home", "host" },
            { "defaults:\n  |\nsites: []", "timeouts tls", "sites" },
        };

    [Theory]
    [MemberData(nameof(Places))]
    public void Completion_offers_what_may_stand_there(string marked, string among, string notAmong)
    {
        using EditorClient editor = EditorClient.Ready();
        string[] labels = [.. editor.AskAt("textDocument/completion", marked)!.AsArray().Select(i => i!["label"]!.GetValue<string>())];
        Assert.All(among.Split(' '), label => Assert.Contains(label, labels));
        Assert.All(notAmong.Split(' '), label => Assert.DoesNotContain(label, labels));
    }

    [Fact]
    public void A_completion_replaces_what_was_written_of_the_word()
    {
        using EditorClient editor = EditorClient.Ready();
        JsonArray items = editor.AskAt("textDocument/completion", Head + "  - host: a.example.com\n    timeo|")!.AsArray();
        JsonNode item = items.Single(i => i!["label"]!.GetValue<string>() == "timeouts")!;
        Assert.Equal("timeouts:\n  ", item["textEdit"]!["newText"]!.GetValue<string>());
        Assert.Equal("""{"start":{"line":6,"character":4},"end":{"line":6,"character":9}}""", item["textEdit"]!["range"]!.ToJsonString());
    }

    [Theory]
    [InlineData("  - host: a.example.com\n    pro|xy: app\n", "**`proxy`**")]
    [InlineData("  - host: a.example.com\n    proxy: a|pp\n", "**`proxy`**")]
    [InlineData("  - { host: a.example.com, stri|p_prefix: true }\n", "**`strip_prefix`** boolean, default `false`")]
    [InlineData("  - ho|st: a.example.com\n", "**`host`**")]
    [InlineData("  - host: a.example.com\n    routes:\n      - path: /\n        timeouts: { re|ad: 3s }\n", "**`read`** duration")]
    public void Hover_shows_the_field(string marked, string start)
    {
        using EditorClient editor = EditorClient.Ready("pyserve");
        string text = editor.AskAt("textDocument/hover", Head + marked)!["contents"]!["value"]!.GetValue<string>();
        Assert.StartsWith(start, text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("# a com|ment\n")]
    [InlineData("  - host: a.example.com\n    unk|nown: 1\n")]
    public void Hover_shows_nothing_where_no_field_is(string marked)
    {
        using EditorClient editor = EditorClient.Ready();
        Assert.Null(editor.AskAt("textDocument/hover", Head + marked));
    }

    [Theory]
    [InlineData("  - host: a.example.com\n    proxy: a|pp\n", 2, 2)]
    [InlineData("  - { host: a.example.com, proxy: ap|i }\n", 3, 2)]
    public void Definition_of_an_upstream(string marked, int line, int character)
    {
        using EditorClient editor = EditorClient.Ready();
        JsonNode place = editor.AskAt("textDocument/definition", Head + marked)!.AsArray().Single()!;
        Assert.Equal(editor.UriOf("confgen.yaml"), place["uri"]!.GetValue<string>());
        Assert.Equal(line, place["range"]!["start"]!["line"]!.GetValue<int>());
        Assert.Equal(character, place["range"]!["start"]!["character"]!.GetValue<int>());
    }

    [Fact]
    public void Definition_of_an_upstream_in_another_file_and_of_an_include()
    {
        using EditorClient editor = EditorClient
            .Ready()
            .With("confgen.yaml", "include: [parts/*.yaml, ups.yaml]\n")
            .With("ups.yaml", "upstreams:\n  app: http://127.0.0.1:3000\n")
            .With("parts/a.yaml", "sites: []\n");
        const string Site = "sites:\n  - { host: a.example.com, tls: off, proxy: a|pp }\n";
        editor.Open("parts/a.yaml", Site.Replace("|", "", StringComparison.Ordinal));
        editor.Diagnostics("parts/a.yaml");
        JsonNode place = editor.AskAt("textDocument/definition", Site, "parts/a.yaml")!.AsArray().Single()!;
        Assert.Equal(editor.UriOf("ups.yaml"), place["uri"]!.GetValue<string>());
        place = editor.AskAt("textDocument/definition", "include: [parts/*.yaml, u|ps.yaml]\n")!.AsArray().Single()!;
        Assert.Equal(editor.UriOf("ups.yaml"), place["uri"]!.GetValue<string>());
        place = editor.AskAt("textDocument/definition", "include: [parts/*|.yaml, ups.yaml]\n")!.AsArray().Single()!;
        Assert.Equal(editor.UriOf("parts/a.yaml"), place["uri"]!.GetValue<string>());
    }

    [Fact]
    public void A_quick_fix_carries_the_edit_of_the_diagnostic()
    {
        using EditorClient editor = EditorClient.Ready();
        editor.Open("confgen.yaml", Head + "  - hosts: a.example.com\n    tls: off\n    prxy: app\n");
        Assert.NotEmpty(editor.Diagnostics("confgen.yaml"));
        JsonObject range = JsonNode.Parse("""{"start":{"line":5,"character":4},"end":{"line":5,"character":4}}""")!.AsObject();
        JsonArray actions = editor.Ask("textDocument/codeAction", editor.Of("confgen.yaml", "range", range))!.AsArray();
        JsonNode one = actions.First(a => a!["kind"]!.GetValue<string>() == "quickfix")!;
        Assert.Equal("host", one["edit"]!["changes"]![editor.UriOf("confgen.yaml")]![0]!["newText"]!.GetValue<string>());
        JsonNode all = actions.Single(a => a!["kind"]!.GetValue<string>() == "source.fixAll.confgen")!;
        Assert.Equal(2, all["edit"]!["changes"]![editor.UriOf("confgen.yaml")]!.AsArray().Count);
    }

    [Fact]
    public void Formatting_gives_what_fmt_writes()
    {
        using EditorClient editor = EditorClient.Ready();
        editor.Open("confgen.yaml", "sites:\n    -   host:   a.example.com\n        proxy:  http://127.0.0.1:1\n");
        JsonArray edits = editor.Ask("textDocument/formatting", editor.Of("confgen.yaml"))!.AsArray();
        Assert.Equal("sites:\n  - host: a.example.com\n    proxy: http://127.0.0.1:1\n", edits.Single()!["newText"]!.GetValue<string>());
        editor.Change("confgen.yaml", "sites: [\n");
        Assert.Null(editor.Ask("textDocument/formatting", editor.Of("confgen.yaml")));
    }

    [Fact]
    public void The_outline_lists_sites_routes_and_upstreams()
    {
        using EditorClient editor = EditorClient.Ready();
        editor.Open("confgen.yaml", Head + "  - host: a.example.com\n    routes:\n      - path: /api\n        proxy: api\n");
        Assert.Equal(
            ["app", "api", "a.example.com", "path /api"],
            editor.Ask("textDocument/documentSymbol", editor.Of("confgen.yaml"))!.AsArray().Select(s => s!["name"]!.GetValue<string>())
        );
    }
}
