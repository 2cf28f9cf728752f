using System.IO.Pipelines;
using System.Text;
using System.Text.Json.Nodes;
using Confgen.Cli.Editing;
using Confgen.Cli.Editing.Protocol;
using Confgen.Cli.Tests.World;
using Confgen.Targets;

namespace Confgen.Cli.Tests.Editing;

/// <summary>An editor by script: it speaks to a server over two pipes, as over standard input and output.</summary>
internal sealed class EditorClient : IDisposable
{
    private readonly Session _session = new() { Targets = null };
    private readonly Stream _toServer;
    private readonly MessageReader _fromServer;
    private readonly Thread _server;
    private readonly List<JsonObject> _unread = [];
    private int _id;
    private int? _code;

    public EditorClient(params string[] targets)
    {
        var (input, output) = (new Pipe(), new Pipe());
        (_toServer, _fromServer) = (input.Writer.AsStream(), new MessageReader(output.Reader.AsStream()));
        var writer = new StreamWriter(output.Writer.AsStream(), new UTF8Encoding(false));
        var error = new StringWriter();
        _server = new Thread(() =>
        {
            using (writer)
            using (
                var server = new LanguageServer(
                    _session.CliEnvironment(writer, error, input: input.Reader.AsStream()),
                    [.. TargetCatalogue.All.Where(t => targets.Contains(t.Name, StringComparer.Ordinal))]
                )
            )
            {
                _code = server.Run();
            }
        })
        {
            IsBackground = true,
        };
        _server.Start();
    }

    /// <summary>The folder of the specs.</summary>
    public string Folder => _session.Folder;

    /// <summary>A client that has shaken hands.</summary>
    public static EditorClient Ready(params string[] targets)
    {
        var client = new EditorClient(targets);
        client.Ask("initialize", new JsonObject { ["capabilities"] = new JsonObject() });
        client.Notify("initialized", []);
        return client;
    }

    public string UriOf(string file) => DocumentUri.Of(_session.PathOf(file));

    public EditorClient With(string file, string text)
    {
        _session.With(file, text);
        return this;
    }

    /// <summary>Opens a file with a text that need not be the disk's.</summary>
    public void Open(string file, string text) =>
        Notify(
            "textDocument/didOpen",
            new JsonObject
            {
                ["textDocument"] = new JsonObject
                {
                    ["uri"] = UriOf(file),
                    ["languageId"] = "yaml",
                    ["version"] = 1,
                    ["text"] = text,
                },
            }
        );

    public void Change(string file, string text) =>
        Notify(
            "textDocument/didChange",
            new JsonObject
            {
                ["textDocument"] = new JsonObject { ["uri"] = UriOf(file), ["version"] = 2 },
                ["contentChanges"] = new JsonArray(new JsonObject { ["text"] = text }),
            }
        );

    /// <summary>Opens a text in which <c>|</c> marks the cursor, and asks about it there.</summary>
    public JsonNode? AskAt(string method, string marked, string file = "confgen.yaml")
    {
        int at = marked.IndexOf('|', StringComparison.Ordinal);
        string before = marked[..at];
        Open(file, before + marked[(at + 1)..]);
        return Ask(
            method,
            Of(
                file,
                "position",
                new JsonObject { ["line"] = before.Count(c => c == '\n'), ["character"] = at - (before.LastIndexOf('\n') + 1) }
            )
        );
    }

    public JsonObject Of(string file, string? name = null, JsonNode? value = null)
    {
        var parameters = new JsonObject { ["textDocument"] = new JsonObject { ["uri"] = UriOf(file) } };
        if (name is not null)
        {
            parameters[name] = value;
        }

        return parameters;
    }

    /// <summary>A request's result.</summary>
    public JsonNode? Ask(string method, JsonObject parameters)
    {
        JsonObject response = Request(method, parameters);
        Assert.Null(response["error"]?.ToJsonString());
        return response["result"];
    }

    /// <summary>A request's whole response.</summary>
    public JsonObject Request(string method, JsonObject parameters)
    {
        int id = ++_id;
        Send(
            new JsonObject
            {
                ["jsonrpc"] = "2.0",
                ["id"] = id,
                ["method"] = method,
                ["params"] = parameters,
            }
        );
        return Await(m => m["id"]?.GetValue<int>() == id);
    }

    public void Notify(string method, JsonObject parameters) =>
        Send(
            new JsonObject
            {
                ["jsonrpc"] = "2.0",
                ["method"] = method,
                ["params"] = parameters,
            }
        );

    /// <summary>The next diagnostics of a file, as <c>line:character-line:character severity code message</c>.</summary>
    public string[] Diagnostics(string file)
    {
        JsonObject said = Await(m =>
            m["method"]?.GetValue<string>() == "textDocument/publishDiagnostics" && m["params"]!["uri"]!.GetValue<string>() == UriOf(file)
        );
        return
        [
            .. said["params"]!["diagnostics"]!
                .AsArray()
                .Select(d => $"{Place(d!["range"]!["start"]!)}-{Place(d["range"]!["end"]!)} {d["severity"]} {d["code"]} {d["message"]}"),
        ];
    }

    public void Send(JsonNode message) => SendRaw(message.ToJsonString());

    public void SendRaw(string body)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(body);
        SendBytes([.. Encoding.ASCII.GetBytes($"Content-Length: {bytes.Length}\r\n\r\n"), .. bytes]);
    }

    public void SendBytes(byte[] bytes)
    {
        _toServer.Write(bytes);
        _toServer.Flush();
    }

    public JsonObject Await(Func<JsonObject, bool> isMeant)
    {
        if (_unread.FindIndex(m => isMeant(m)) is >= 0 and var at)
        {
            JsonObject found = _unread[at];
            _unread.RemoveAt(at);
            return found;
        }

        while (Task.Run(_fromServer.Read) is var read && read.Wait(TimeSpan.FromSeconds(60)) && read.Result is { } body)
        {
            JsonObject message = JsonNode.Parse(body)!.AsObject();
            if (isMeant(message))
            {
                return message;
            }

            _unread.Add(message);
        }

        throw new InvalidOperationException(
            "the server didn't say it; it said: " + string.Join('\n', _unread.Select(m => m.ToJsonString()))
        );
    }

    /// <summary>Closes this side; gives the server's exit status.</summary>
    public int? End()
    {
        _toServer.Close();
        Assert.True(_server.Join(TimeSpan.FromSeconds(60)), "the server doesn't end");
        return _code;
    }

    public void Dispose()
    {
        _toServer.Close();
        _server.Join(TimeSpan.FromSeconds(60));
        _session.Dispose();
    }

    private static string Place(JsonNode position) => $"{position["line"]}:{position["character"]}";
}
