using System.Text;
using System.Text.Json.Nodes;
using Confgen.Cli.Tests.World;

namespace Confgen.Cli.Tests.Editing;

/// <summary>An editor's session: how it begins and ends, what is told of specs while they are written.</summary>
public sealed class LanguageServerTests
{
    private const string Good = "version: 1\nsites:\n  - host: chat.example.com\n    tls: off\n    proxy: http://127.0.0.1:3210\n";

    [Fact]
    public void A_session_ends_as_the_protocol_says()
    {
        using var editor = new EditorClient();
        JsonNode? said = editor.Ask("initialize", new JsonObject { ["capabilities"] = new JsonObject() });
        Assert.Equal("utf-16", said!["capabilities"]!["positionEncoding"]!.GetValue<string>());
        Assert.Equal("confgen", said["serverInfo"]!["name"]!.GetValue<string>());
        Assert.Null(editor.Ask("shutdown", []));
        editor.Notify("exit", []);
        Assert.Equal(0, editor.End());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Without_shutdown_it_is_a_failure(bool saysExit)
    {
        using var editor = EditorClient.Ready();
        if (saysExit)
        {
            editor.Notify("exit", []);
        }

        Assert.Equal(1, editor.End());
    }

    [Fact]
    public void Diagnostics_follow_the_text_instead_of_the_disk()
    {
        using var editor = EditorClient.Ready().With("confgen.yaml", Good);
        editor.Open("confgen.yaml", Good.Replace("proxy:", "prxy:", StringComparison.Ordinal));
        string[] found = editor.Diagnostics("confgen.yaml");
        Assert.Contains(found, d => d.StartsWith("4:4-4:8 1 CFG0100 unknown key 'prxy'", StringComparison.Ordinal));
        editor.Change("confgen.yaml", Good);
        Assert.Empty(editor.Diagnostics("confgen.yaml"));
    }

    [Fact]
    public void What_a_program_cannot_do_is_told_where_it_is_asked_for()
    {
        string spec = Good + "    allow: [10.0.0.0/8]\n";
        using var editor = EditorClient.Ready("pyserve");
        editor.Open("confgen.yaml", spec);
        Assert.Contains(editor.Diagnostics("confgen.yaml"), d => d.Contains("pyserve", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void What_a_program_does_whatever_the_spec_says_is_not_told()
    {
        using var editor = EditorClient.Ready("nginx");
        editor.Open("confgen.yaml", Good);
        Assert.Empty(editor.Diagnostics("confgen.yaml"));
    }

    [Fact]
    public void A_part_is_checked_with_the_spec_that_includes_it()
    {
        using var editor = EditorClient
            .Ready()
            .With("confgen.yaml", "version: 1\ninclude: [sites/*.yaml]\nupstreams:\n  app: http://127.0.0.1:3000\n")
            .With("sites/a.yaml", "sites: []\n");
        editor.Open("sites/a.yaml", "sites:\n  - { host: a.example.com, tls: off, proxy: app }\n");
        Assert.Empty(editor.Diagnostics("sites/a.yaml"));
        editor.Change("sites/a.yaml", "sites:\n  - { host: a.example.com, tls: off, proxy: ap }\n");
        Assert.Contains(editor.Diagnostics("sites/a.yaml"), d => d.Contains("'ap'", StringComparison.Ordinal));
    }

    [Fact]
    public void Closing_a_file_takes_its_diagnostics_away()
    {
        using var editor = EditorClient.Ready().With("confgen.yaml", Good);
        editor.Open("confgen.yaml", "sites: 3\n");
        Assert.NotEmpty(editor.Diagnostics("confgen.yaml"));
        editor.Notify("textDocument/didClose", editor.Of("confgen.yaml"));
        Assert.Empty(editor.Diagnostics("confgen.yaml"));
    }

    [Theory]
    [InlineData("textDocument/nothing", "{}", -32601)]
    [InlineData("textDocument/hover", """{"textDocument":{}}""", -32602)]
    [InlineData("textDocument/hover", """{"textDocument":{"uri":7}}""", -32602)]
    public void A_request_that_is_wrong_gets_an_error(string method, string parameters, int code)
    {
        using var editor = EditorClient.Ready().With("confgen.yaml", Good);
        Assert.Equal(code, editor.Request(method, JsonNode.Parse(parameters)!.AsObject())["error"]!["code"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("""{"line":-1,"character":0}""")]
    [InlineData("""{"line":99999999999,"character":0}""")]
    [InlineData("""{"line":"0"}""")]
    [InlineData("7")]
    public void A_position_that_is_none_gets_an_error(string position)
    {
        using var editor = EditorClient.Ready().With("confgen.yaml", Good);
        JsonObject said = editor.Request("textDocument/hover", editor.Of("confgen.yaml", "position", JsonNode.Parse(position)));
        Assert.Equal(-32602, said["error"]!["code"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("textDocument/hover")]
    [InlineData("textDocument/completion")]
    [InlineData("textDocument/definition")]
    public void A_place_beyond_the_text_has_nothing(string method)
    {
        using var editor = EditorClient.Ready().With("confgen.yaml", Good);
        var place = new JsonObject { ["line"] = 1000, ["character"] = 1000 };
        Assert.Null(editor.Ask(method, editor.Of("confgen.yaml", "position", place)));
        Assert.Null(editor.Ask(method, editor.Of("missing.yaml", "position", place.DeepClone())));
    }

    [Fact]
    public void Before_the_handshake_requests_are_refused()
    {
        using var editor = new EditorClient();
        JsonObject said = editor.Request("textDocument/hover", editor.Of("confgen.yaml"));
        Assert.Equal(-32002, said["error"]!["code"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("\"x\"")]
    [InlineData("null")]
    public void A_message_that_is_no_request_is_refused_and_the_next_one_served(string body)
    {
        using var editor = EditorClient.Ready().With("confgen.yaml", Good);
        editor.SendRaw(body);
        Assert.Equal(-32700, editor.Await(m => m.ContainsKey("error"))["error"]!["code"]!.GetValue<int>());
        Assert.NotNull(editor.AskAt("textDocument/hover", Good.Replace("proxy", "pro|xy", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("Content-Length: x\r\n\r\n{}")]
    [InlineData("Content-Length: 99999999999\r\n\r\n")]
    [InlineData("Content-Type: a\r\n\r\n{}")]
    [InlineData("GET / HTTP/1.1\r\n\r\n")]
    public void Where_a_message_ends_must_be_clear(string bytes)
    {
        using var editor = EditorClient.Ready();
        editor.SendBytes(Encoding.ASCII.GetBytes(bytes));
        Assert.Equal(-32700, editor.Await(m => m.ContainsKey("error"))["error"]!["code"]!.GetValue<int>());
        Assert.Equal(2, editor.End());
    }

    [Fact]
    public void The_installed_program_speaks_it()
    {
        using var session = new Session();
        session.With("confgen.yaml", Good);
        string[] messages =
        [
            """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{}}}""",
            """{"jsonrpc":"2.0","id":2,"method":"shutdown"}""",
            """{"jsonrpc":"2.0","method":"exit"}""",
        ];
        string input = string.Concat(messages.Select(m => $"Content-Length: {m.Length}\r\n\r\n{m}"));
        Said said = Installed.Run(session.Folder, input, "lsp", "--stdio").Gives(0);
        Assert.Contains("\"completionProvider\"", said.Out, StringComparison.Ordinal);
        Assert.Contains("""{"jsonrpc":"2.0","id":2,"result":null}""", said.Out, StringComparison.Ordinal);
    }
}
