using System.Globalization;
using Confgen.Conformance.Tests.Wire;
using Confgen.Conformance.Tests.Wire.Http2;

namespace Confgen.Conformance.Tests.Grid.Origins;

/// <summary>An exchange over a stream of HTTP/2.</summary>
internal sealed class Http2OriginExchange(Http2Peer peer, Http2Stream stream) : OriginExchange
{
    public override async Task ReadBodyAsync(Arrival arrival, CancellationToken stop)
    {
        if (Fields.Any(f => f.Is("expect")))
        {
            await SendInterimAsync(100, [], stop);
        }

        arrival.Framing =
            Fields.Any(f => f.Is("content-length")) ? Framing.Length
            : stream.EndedWithHead ? Framing.None
            : Framing.Chunked;
        arrival.Fault = await stream.ReadBodyAsync(arrival.Body, stop);
        arrival.Trailers = stream.Trailers;
        string? length = Fields.Where(f => f.Is("content-length")).Select(f => f.Value).FirstOrDefault();
        if (arrival.Fault is null && length is not null && length != arrival.Body.Length.ToString(CultureInfo.InvariantCulture))
        {
            arrival.Fault = $"content-length {length} with {arrival.Body.Length} bytes";
        }
    }

    public override Task SendInterimAsync(int status, IReadOnlyList<Field> fields, CancellationToken stop) =>
        peer.SendHeadersAsync(stream, [new(":status", $"{status}"), .. fields], ends: false, stop);

    public override Task SendHeadAsync(
        int status,
        IReadOnlyList<Field> fields,
        Framing framing,
        long length,
        IReadOnlyList<Field> trailers,
        CancellationToken stop
    ) =>
        peer.SendHeadersAsync(
            stream,
            [
                new(":status", $"{status}"),
                .. fields.Select(f => new Field(f.Name.ToLowerInvariant(), f.Value)),
                .. framing == Framing.Length ? (Field[])[new("content-length", $"{length}")] : [],
            ],
            ends: false,
            stop
        );

    public override Task SendBodyAsync(ReadOnlyMemory<byte> bytes, CancellationToken stop) =>
        Method == "HEAD" ? Task.CompletedTask : peer.SendDataAsync(stream, bytes, ends: false, stop);

    public override Task EndAsync(IReadOnlyList<Field> trailers, CancellationToken stop) =>
        trailers.Count > 0 && Method != "HEAD"
            ? peer.SendHeadersAsync(stream, trailers, ends: true, stop)
            : peer.SendDataAsync(stream, default, ends: true, stop);

    // The connection is shared with other cases, so a close is one of the stream: its end before the length that the head told.
    public override Task CutAsync(bool reset, CancellationToken stop) =>
        reset ? peer.ResetAsync(stream, 2, stop) : peer.SendDataAsync(stream, default, ends: true, stop);

    public override async Task<string?> LeftAsync(CancellationToken stop)
    {
        await stream.LeftAsync(stop);
        return null;
    }
}
