using Confgen.Conformance.Tests.Wire;

namespace Confgen.Conformance.Tests.Cases;

/// <summary>What a client sends.</summary>
internal sealed record Request
{
    public required string Method { get; init; }

    /// <summary>The raw target.</summary>
    public required string Target { get; init; }

    /// <summary>The target as it is sent, also where the case writes the bytes itself.</summary>
    public string SentTarget => Raw?.Split('\n')[0].Split(' ').ElementAtOrDefault(1) ?? Target;

    /// <summary>The value of Host; null where none is sent.</summary>
    public string? Host { get; init; }

    /// <summary>The header lines as they are sent, without Host and what frames the body.</summary>
    public IReadOnlyList<string> Headers { get; init; } = [];

    /// <summary>The body's pieces; chunks where it is chunked.</summary>
    public IReadOnlyList<string> Body { get; init; } = [];

    /// <summary>Whether the body is chunked.</summary>
    public bool Chunked { get; init; }

    public IReadOnlyList<string> Trailers { get; init; } = [];

    /// <summary>All bytes up to the body, where the case writes them itself; else null.</summary>
    public string? Raw { get; init; }

    /// <summary>Whether each piece of the body is sent only when the upstream has got the one before.</summary>
    public bool InStep { get; init; }

    /// <summary>Whether the body waits for a 1xx response.</summary>
    public bool WaitsForContinue { get; init; }

    /// <summary>How long the client waits before each piece of the body.</summary>
    public TimeSpan Pause { get; init; }

    /// <summary>The name of the unix socket in the case's folder that it connects to; null for the port.</summary>
    public string? Socket { get; init; }

    /// <summary>The port.</summary>
    public required int Port { get; init; }

    /// <summary>The name of the connection, which lives on for a later step of the same name; null for one of its own.</summary>
    public string? Connection { get; init; }

    /// <summary>The client's address; null for 127.0.0.1.</summary>
    public string? From { get; init; }

    /// <summary>How TLS is spoken; null for not at all.</summary>
    public RequestTls? Tls { get; init; }

    /// <summary>Whether it is an HTTP/2 request.</summary>
    public bool Http2 { get; init; }

    /// <summary>When the client leaves without having read the response, if it does.</summary>
    public Leaving Leaves { get; init; }

    /// <summary>In place of a message: nothing is sent, and the connection must be closed by the other side.</summary>
    public const string Silence = "(silence)";

    /// <summary>The echo of a silence after which the connection is still there: a message comes back.</summary>
    public const string Alive = "(not closed)";

    /// <summary>Messages that are sent after an upgrade; each must come back before the next is sent.</summary>
    public IReadOnlyList<string>? WebSocket { get; init; }

    public string BodyText => string.Concat(Body);

    /// <summary>The head that it sends over HTTP/1.1.</summary>
    public string Head
    {
        get
        {
            if (Raw is not null)
            {
                return Raw;
            }

            IEnumerable<string> lines =
            [
                $"{Method} {Target} HTTP/1.1",
                .. Host is null ? Array.Empty<string>() : [$"Host: {Host}"],
                .. Headers,
                .. Chunked ? ["Transfer-Encoding: chunked"]
                : Body.Count > 0 ? [$"Content-Length: {Body.Sum(p => p.Length)}"]
                : Array.Empty<string>(),
                "\r\n",
            ];
            return string.Join("\r\n", lines);
        }
    }

    /// <summary>The body's pieces as they are sent.</summary>
    public IEnumerable<string> Sent =>
        Chunked
            ? [.. Body.Select(p => $"{p.Length:x}\r\n{p}\r\n"), "0\r\n" + string.Concat(Trailers.Select(t => t + "\r\n")) + "\r\n"]
            : Body;

    /// <summary>The header lines by name and value.</summary>
    public IReadOnlyList<Field> Fields => MessageReader.Fields(Headers);
}
