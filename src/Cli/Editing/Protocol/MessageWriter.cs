using System.Text.Json.Nodes;

namespace Confgen.Cli.Editing.Protocol;

/// <summary>Writes JSON-RPC messages with their length before them.</summary>
internal sealed class MessageWriter(TextWriter output)
{
    /// <summary>The response to a request.</summary>
    public void Respond(JsonNode? id, JsonNode? result) =>
        Write(
            new JsonObject
            {
                ["jsonrpc"] = "2.0",
                ["id"] = id?.DeepClone(),
                ["result"] = result,
            }
        );

    /// <summary>An error response; without an id where the request's could not be read.</summary>
    public void Refuse(JsonNode? id, int code, string message) =>
        Write(
            new JsonObject
            {
                ["jsonrpc"] = "2.0",
                ["id"] = id?.DeepClone(),
                ["error"] = new JsonObject { ["code"] = code, ["message"] = message },
            }
        );

    /// <summary>A notification.</summary>
    public void Notify(string method, JsonObject parameters) =>
        Write(
            new JsonObject
            {
                ["jsonrpc"] = "2.0",
                ["method"] = method,
                ["params"] = parameters,
            }
        );

    // JSON text is ASCII here: everything else is escaped. So characters are bytes.
    private void Write(JsonObject message)
    {
        string body = message.ToJsonString();
        output.Write($"Content-Length: {body.Length}\r\n\r\n{body}");
        output.Flush();
    }
}
