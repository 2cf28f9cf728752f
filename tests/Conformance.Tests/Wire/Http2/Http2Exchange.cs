using System.Buffers.Binary;
using System.Globalization;

namespace Confgen.Conformance.Tests.Wire.Http2;

/// <summary>One request over an HTTP/2 connection of its own: sends the fields as they are given, valid or not.</summary>
internal sealed class Http2Exchange(RawConnection connection)
{
    private const int Stream = 1;
    private const int MaxFrame = 16_384;

    private readonly List<byte> _body = [];
    private readonly List<RawResponse> _interim = [];
    private IReadOnlyList<Field> _trailers = [];
    private RawResponse? _response;
    private long _connectionWindow = 65_535;
    private long _streamWindow = 65_535;
    private bool _ended;

    /// <summary>Sends a request and reads its response.</summary>
    /// <returns>The response; null with the reason where there is none.</returns>
    public async Task<(RawResponse? Response, string? Trouble)> SendAsync(
        IReadOnlyList<Field> fields,
        byte[] body,
        IReadOnlyList<Field> trailers,
        CancellationToken stop
    )
    {
        // No server push, and no table of headers to keep.
        byte[] settings = [0, 2, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0];
        byte[] start = [.. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8, .. new Http2Frame(Http2Frame.Settings, 0, 0, settings).ToBytes()];
        byte[] block = HeaderBlock.Write(fields);
        int flags = body.Length == 0 && trailers.Count == 0 ? Http2Frame.EndStream : 0;
        var heads = new List<byte>(start);
        for (int at = 0; at == 0 || at < block.Length; at += MaxFrame)
        {
            byte[] piece = block[at..Math.Min(block.Length, at + MaxFrame)];
            int last = at + MaxFrame >= block.Length ? Http2Frame.EndHeaders : 0;
            heads.AddRange(
                new Http2Frame(
                    at == 0 ? Http2Frame.Headers : Http2Frame.Continuation,
                    (at == 0 ? flags : 0) | last,
                    Stream,
                    piece
                ).ToBytes()
            );
        }

        await connection.SendAsync(heads.ToArray(), stop);
        int sent = 0;
        while (!_ended)
        {
            sent += await SendBodyAsync(body, sent, trailers, stop);
            if (await Http2Frame.ReadAsync(connection.Reader, stop) is not { } frame)
            {
                return _response is null
                    ? (null, "the connection was closed without a response")
                    : (Whole("the connection was closed"), null);
            }

            if (await TakeAsync(frame, stop) is { } trouble)
            {
                return _response is null ? (null, trouble) : (Whole(trouble), null);
            }
        }

        return (Whole(null), null);
    }

    private RawResponse? Whole(string? fault) =>
        _response is null
            ? null
            : _response with
            {
                Body = new MessageBody([.. _body], Framing.Length, fault, _trailers),
                Interim = _interim,
            };

    private async Task<int> SendBodyAsync(byte[] body, int at, IReadOnlyList<Field> trailers, CancellationToken stop)
    {
        int sent = 0;
        while (at + sent < body.Length)
        {
            int size = (int)Math.Min(Math.Min(_connectionWindow, _streamWindow), Math.Min(MaxFrame, body.Length - at - sent));
            if (size <= 0)
            {
                break;
            }

            bool last = at + sent + size == body.Length;
            await connection.SendAsync(
                new Http2Frame(
                    Http2Frame.Data,
                    last && trailers.Count == 0 ? Http2Frame.EndStream : 0,
                    Stream,
                    body[(at + sent)..(at + sent + size)]
                ).ToBytes(),
                stop
            );
            _connectionWindow -= size;
            _streamWindow -= size;
            sent += size;
            if (last && trailers.Count > 0)
            {
                await connection.SendAsync(
                    new Http2Frame(
                        Http2Frame.Headers,
                        Http2Frame.EndStream | Http2Frame.EndHeaders,
                        Stream,
                        HeaderBlock.Write(trailers)
                    ).ToBytes(),
                    stop
                );
            }
        }

        return sent;
    }

    private async Task<string?> TakeAsync(Http2Frame frame, CancellationToken stop)
    {
        switch (frame.Type)
        {
            case Http2Frame.Settings when (frame.Flags & Http2Frame.Ack) == 0:
                Configure(frame.Payload);
                await connection.SendAsync(new Http2Frame(Http2Frame.Settings, Http2Frame.Ack, 0, []).ToBytes(), stop);
                break;
            case Http2Frame.Ping when (frame.Flags & Http2Frame.Ack) == 0:
                await connection.SendAsync((frame with { Flags = Http2Frame.Ack }).ToBytes(), stop);
                break;
            case Http2Frame.WindowUpdate:
                int more = BinaryPrimitives.ReadInt32BigEndian(frame.Payload);
                _connectionWindow += frame.Stream == 0 ? more : 0;
                _streamWindow += frame.Stream == Stream ? more : 0;
                break;
            case Http2Frame.Headers when frame.Stream == Stream:
                await TakeHeadersAsync(frame, stop);
                break;
            case Http2Frame.Data when frame.Stream == Stream:
                _body.AddRange(frame.Content());
                _ended = (frame.Flags & Http2Frame.EndStream) != 0;
                if (frame.Payload.Length > 0 && !_ended)
                {
                    var update = new byte[4];
                    BinaryPrimitives.WriteInt32BigEndian(update, frame.Payload.Length);
                    byte[] updates =
                    [
                        .. new Http2Frame(Http2Frame.WindowUpdate, 0, 0, update).ToBytes(),
                        .. new Http2Frame(Http2Frame.WindowUpdate, 0, Stream, update).ToBytes(),
                    ];
                    await connection.SendAsync(updates, stop);
                }

                break;
            case Http2Frame.Reset when frame.Stream == Stream:
                return $"the stream was reset with code {BinaryPrimitives.ReadInt32BigEndian(frame.Payload)}";
            case Http2Frame.GoAway when BinaryPrimitives.ReadInt32BigEndian(frame.Payload.AsSpan(4)) != 0:
                return $"the connection was ended with code {BinaryPrimitives.ReadInt32BigEndian(frame.Payload.AsSpan(4))}";
            default:
                break;
        }

        return null;
    }

    private async Task TakeHeadersAsync(Http2Frame frame, CancellationToken stop)
    {
        var block = new List<byte>(frame.Content());
        for (Http2Frame next = frame; (next.Flags & Http2Frame.EndHeaders) == 0; )
        {
            next =
                await Http2Frame.ReadAsync(connection.Reader, stop)
                ?? throw new InvalidDataException("the connection was closed within a header block");
            block.AddRange(next.Payload);
        }

        IReadOnlyList<Field> fields = HeaderBlock.Read([.. block]);
        _ended = (frame.Flags & Http2Frame.EndStream) != 0;
        if (_response is not null)
        {
            _trailers = fields;
            return;
        }

        int status = int.Parse(fields.First(f => f.Name == ":status").Value, CultureInfo.InvariantCulture);
        var response = new RawResponse($"HTTP/2 {status}", status, [.. fields.Where(f => f.Name[0] != ':')], MessageBody.None, []);
        if (status < 200)
        {
            _interim.Add(response);
        }
        else
        {
            _response = response;
        }
    }

    private void Configure(byte[] settings)
    {
        for (int at = 0; at + 6 <= settings.Length; at += 6)
        {
            // The initial window of streams counts from its default.
            if (BinaryPrimitives.ReadUInt16BigEndian(settings.AsSpan(at)) == 4)
            {
                _streamWindow += BinaryPrimitives.ReadInt32BigEndian(settings.AsSpan(at + 2)) - 65_535;
            }
        }
    }
}
