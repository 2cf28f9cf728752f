using Confgen.Conformance.Tests.Wire;

namespace Confgen.Conformance.Tests.Grid.Origins;

/// <summary>An exchange as an origin has it, over HTTP/1.x or HTTP/2.</summary>
internal abstract class OriginExchange
{
    public required string Method { get; init; }

    public required string Target { get; init; }

    public required IReadOnlyList<Field> Fields { get; init; }

    /// <summary>Reads the request's body into the arrival, with its framing, its trailers and what is wrong with it.</summary>
    public abstract Task ReadBodyAsync(Arrival arrival, CancellationToken stop);

    public abstract Task SendInterimAsync(int status, IReadOnlyList<Field> fields, CancellationToken stop);

    /// <summary>Sends the head of the response.</summary>
    /// <param name="status">The status.</param>
    /// <param name="fields">The fields, but those that tell the body's end.</param>
    /// <param name="framing">How that is told.</param>
    /// <param name="length">The body's length in bytes.</param>
    /// <param name="trailers">The names of the trailers that follow.</param>
    /// <param name="stop">The ceiling.</param>
    public abstract Task SendHeadAsync(
        int status,
        IReadOnlyList<Field> fields,
        Framing framing,
        long length,
        IReadOnlyList<Field> trailers,
        CancellationToken stop
    );

    public abstract Task SendBodyAsync(ReadOnlyMemory<byte> bytes, CancellationToken stop);

    /// <summary>Ends the response.</summary>
    public abstract Task EndAsync(IReadOnlyList<Field> trailers, CancellationToken stop);

    /// <summary>Breaks the response off.</summary>
    /// <param name="reset">Whether by a reset (over HTTP/2: of the stream) instead of the end of the connection.</param>
    /// <param name="stop">The ceiling.</param>
    public abstract Task CutAsync(bool reset, CancellationToken stop);

    /// <summary>Completes when the peer has left the exchange.</summary>
    /// <returns>What the peer did instead, or null.</returns>
    public abstract Task<string?> LeftAsync(CancellationToken stop);
}
