using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Confgen.Cli.Editing.Features;
using Confgen.Cli.Editing.Protocol;
using Confgen.Compiler.Rendering;
using Confgen.Model.Diagnostics;

namespace Confgen.Cli.Editing;

/// <summary>
/// A server of the Language Server Protocol 3.17. One thread reads messages; another handles them in their order, and checks the specs that
/// changed once no message has come for a moment.
/// </summary>
internal sealed class LanguageServer : IDisposable
{
    // In milliseconds: long enough for a word to be typed, too short to be noticed.
    private const int Pause = 150;

    private readonly CliEnvironment _surroundings;
    private readonly MessageReader _reader;
    private readonly MessageWriter _writer;
    private readonly BlockingCollection<Arrival> _arrived = new(boundedCapacity: 1000);
    private readonly HashSet<string> _changed = new(StringComparer.Ordinal);
    private readonly EditorRequests _requests;
    private readonly OpenDocuments _documents;
    private readonly SpecFiles _specs;
    private bool _isInitialized;
    private bool _isShutDown;

    /// <summary>Makes a server.</summary>
    /// <param name="surroundings">The world; messages are read from its input and written to its output.</param>
    /// <param name="targets">The programs whose differences are told with the spec's own diagnostics.</param>
    public LanguageServer(CliEnvironment surroundings, IReadOnlyList<ITarget> targets)
    {
        _surroundings = surroundings;
        _reader = new MessageReader(surroundings.Input());
        _writer = new MessageWriter(surroundings.Out);
        _documents = new OpenDocuments(surroundings.Files);
        _specs = new SpecFiles(surroundings, _documents, targets);
        _requests = new EditorRequests(_documents, _specs, targets, Tell);
    }

    /// <summary>Serves until the editor says <c>exit</c> or closes its side; gives the exit status that the protocol asks for.</summary>
    public int Run()
    {
        new Thread(Read) { IsBackground = true, Name = "lsp-reader" }.Start();
        while (true)
        {
            try
            {
                if (!_arrived.TryTake(out Arrival? arrival, _changed.Count > 0 ? Pause : Timeout.Infinite, _surroundings.Stopping))
                {
                    Check();
                }
                else if (arrival is { Fault: { } fault })
                {
                    _writer.Refuse(null, ErrorCode.ParseError, fault);
                    if (arrival.IsLast)
                    {
                        return ExitCode.BadCall;
                    }
                }
                else if (arrival?.Message is not { } message || Handle(message))
                {
                    return _isShutDown ? ExitCode.Good : ExitCode.BadSpec;
                }
            }
            catch (OperationCanceledException)
            {
                return ExitCode.Interrupted;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _arrived.Dispose();

    private void Read()
    {
        try
        {
            while (_reader.Read() is { } body)
            {
                try
                {
                    _arrived.Add(
                        JsonNode.Parse(body) is JsonObject message ? new Arrival(message) : new Arrival(null, "a message is no JSON object")
                    );
                }
                catch (JsonException e)
                {
                    _arrived.Add(new Arrival(null, $"a message is not JSON: {e.Message}"));
                }
            }

            _arrived.Add(new Arrival(null));
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            _arrived.Add(new Arrival(null, e.Message, IsLast: true));
        }
        catch (Exception e) when (e is ObjectDisposedException or InvalidOperationException)
        {
            // The server has ended.
        }
    }

    // True where the editor asks the server to end.
    private bool Handle(JsonObject message)
    {
        JsonNode? id = message["id"];
        string method = message["method"] is JsonValue name && name.TryGetValue(out string? text) ? text : "";
        if (method.Length == 0)
        {
            // A response: nothing was asked. Anything else is malformed.
            if (id is null)
            {
                _writer.Refuse(null, ErrorCode.InvalidRequest, "a message has neither a method nor an id");
            }

            return false;
        }

        if (method == "exit")
        {
            return true;
        }

        try
        {
            JsonNode? result = Result(method, message["params"] as JsonObject ?? []);
            if (id is not null)
            {
                _writer.Respond(id, result);
            }
        }
        catch (ProtocolException e)
        {
            if (id is not null)
            {
                _writer.Refuse(id, e.Code, e.Message);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // A fault of one request must not end the editor's session.
            _surroundings.Error.WriteLine($"confgen lsp: {method}: {e}");
            if (id is not null)
            {
                _writer.Refuse(id, ErrorCode.InternalError, $"{e.GetType().Name}: {e.Message}");
            }
        }

        return false;
    }

    private JsonNode? Result(string method, JsonObject parameters)
    {
        switch (method)
        {
            case "initialize":
                _isInitialized = true;
                return Capabilities();
            case "shutdown":
                _isShutDown = true;
                return null;
            case var _ when !_isInitialized:
                throw new ProtocolException(ErrorCode.ServerNotInitialized, "the first request must be 'initialize'");
            case var _ when _isShutDown:
                throw new ProtocolException(ErrorCode.InvalidRequest, "the server was shut down");
            case "textDocument/didOpen" or "textDocument/didChange" or "textDocument/didClose" or "textDocument/didSave":
                Follow(method, new RequestParameters(parameters));
                return null;
            case "workspace/didChangeWatchedFiles":
                _specs.Forget();
                _changed.UnionWith(_documents.Open);
                return null;
            default:
                return _requests.Respond(method, new RequestParameters(parameters));
        }
    }

    private void Follow(string method, RequestParameters parameters)
    {
        if (parameters.Path is not { } path)
        {
            return;
        }

        switch (method)
        {
            case "textDocument/didOpen":
                _documents.Set(path, parameters.OpenedText);
                break;
            case "textDocument/didChange":
                _documents.Set(path, parameters.ChangedText);
                break;
            case "textDocument/didClose":
                _documents.Close(path);
                _changed.Remove(path);
                Publish(path, []);
                return;
            default:
                break;
        }

        _changed.Add(path);
    }

    private void Check()
    {
        string[] paths = [.. _changed];
        _changed.Clear();
        foreach (string path in paths)
        {
            foreach ((string file, IReadOnlyList<Diagnostic> found) in _specs.Check(path))
            {
                Publish(file, found);
            }
        }
    }

    private void Publish(string path, IReadOnlyList<Diagnostic> found) =>
        _writer.Notify(
            "textDocument/publishDiagnostics",
            new JsonObject { ["uri"] = DocumentUri.Of(path), ["diagnostics"] = new JsonArray([.. found.Select(Findings.Of)]) }
        );

    private void Tell(string message) => _writer.Notify("window/showMessage", new JsonObject { ["type"] = 2, ["message"] = message });

    private static JsonObject Capabilities() =>
        new()
        {
            ["capabilities"] = new JsonObject
            {
                ["positionEncoding"] = "utf-16",
                ["textDocumentSync"] = new JsonObject
                {
                    ["openClose"] = true,
                    ["change"] = 1,
                    ["save"] = true,
                },
                ["hoverProvider"] = true,
                ["completionProvider"] = new JsonObject { ["triggerCharacters"] = new JsonArray(" ", ":", "{", "-") },
                ["definitionProvider"] = true,
                ["documentSymbolProvider"] = true,
                ["documentFormattingProvider"] = true,
                ["codeActionProvider"] = new JsonObject { ["codeActionKinds"] = new JsonArray("quickfix", "source.fixAll.confgen") },
            },
            ["serverInfo"] = new JsonObject { ["name"] = "confgen", ["version"] = ProductVersion.Text },
        };

    private sealed record Arrival(JsonObject? Message, string? Fault = null, bool IsLast = false);
}
