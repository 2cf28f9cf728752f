using Confgen.Conformance.Tests.Wire;

namespace Confgen.Conformance.Tests.Backends;

/// <summary>What a backend answers, as bytes: it may lie.</summary>
internal sealed record Response
{
    /// <summary>The head with everything before it, to the byte.</summary>
    public required byte[] Head { get; init; }

    /// <summary>The pieces of the body.</summary>
    public IReadOnlyList<Piece> Pieces { get; init; } = [];

    /// <summary>Whether a HEAD request gets the head alone.</summary>
    public bool BodilessToHead { get; init; } = true;

    /// <summary>Whether each piece is sent only when the client has got the one before.</summary>
    public bool Lockstep { get; init; }

    /// <summary>Whether it is sent before the request's body was read.</summary>
    public bool Early { get; init; }

    /// <summary>How long nothing is sent.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Whether a WebSocket echo follows the head; its Accept is computed.</summary>
    public bool WebSocket { get; init; }

    /// <summary>What becomes of the connection.</summary>
    public Ending Then { get; init; }

    /// <summary>The response of a backend that was told nothing: its own name.</summary>
    public static Response Of(string name) =>
        new()
        {
            Head = Bytes.Of($"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: {name.Length}\r\n\r\n"),
            Pieces = [new Piece(Bytes.Of(name), name.Length)],
        };
}
