using Confgen.Conformance.Tests.Wire;
using Confgen.Conformance.Tests.Wire.Http2;

namespace Confgen.Conformance.Tests.Grid.Clients;

/// <summary>A client over HTTP/2.</summary>
internal sealed class Http2GridClient(GridRun run, (int Plain, int Tls) ports) : GridClientBase(run, ports)
{
    public override async Task<ClientView> PlayAsync(CancellationToken stop)
    {
        ClientView view = View();
        await using RawConnection connection = await ConnectAsync(stop);
        using var peer = new Http2Peer(connection.Stream, connection.Reader, isServer: false);
        Task reading = peer.RunAsync(stop);
        Http2Stream stream = peer.Open();
        try
        {
            await PlayAsync(connection, peer, stream, view, stop);
        }
        catch (IOException e)
        {
            view.Fault ??= e.Message;
        }
        finally
        {
            connection.Close();
            await reading;
        }

        return view;
    }

    private async Task PlayAsync(RawConnection connection, Http2Peer peer, Http2Stream stream, ClientView view, CancellationToken stop)
    {
        GridRequest request = Case.Request;
        List<Field> fields =
        [
            new(":method", request.Method),
            new(":scheme", "https"),
            new(":authority", Run.Host),
            new(":path", Run.Target),
            .. RequestFields(),
        ];
        if (request.Framing == Framing.Length)
        {
            fields.Add(new("content-length", $"{request.Length}"));
        }

        await peer.SendHeadersAsync(stream, fields, ends: !Case.HasUpload, stop);
        Task<string?> upload = UploadAsync(peer, stream, Case.LeavesUploading ? request.Length / 2 : request.Length, stop);
        if (Case.ClientLeaves)
        {
            view.UploadFault = await upload;
            await (
                Case.LeavesUploading ? Task.CompletedTask
                : Case.Reader == GridReader.Stops ? UntilStalledAsync(stop)
                : UntilMiddleAsync(stop)
            );
            await LeaveAsync(connection, peer, stream, view, stop);
            view.Fault = "left";
            return;
        }

        await ReadAsync(stream, view, stop);
        if (view.Fault is null)
        {
            view.UploadFault = await upload;
            await GoOnAsync(peer, view, stop);
        }
        else if (stream.Left is not null)
        {
            await upload;
            await GoOnAsync(peer, view, stop);
        }
    }

    private async Task<string?> UploadAsync(Http2Peer peer, Http2Stream stream, long until, CancellationToken stop)
    {
        try
        {
            IReadOnlyList<Field> trailers = until == Case.Request.Length ? ExtraFields.Trailers(Case.Extra) : [];
            bool ends = until == Case.Request.Length && trailers.Count == 0;
            if (!Case.HasUpload)
            {
                return null;
            }

            if (until == 0)
            {
                await peer.SendDataAsync(stream, default, ends, stop);
            }

            for (long sent = 0; sent < until; )
            {
                ReadOnlyMemory<byte> piece = Run.Up.From(sent);
                piece = piece[..(int)Math.Min(Math.Min(piece.Length, Piece), until - sent)];
                await peer.SendDataAsync(stream, piece, ends && sent + piece.Length == until, stop);
                sent += piece.Length;
            }

            if (trailers.Count > 0)
            {
                await peer.SendHeadersAsync(stream, trailers, ends: true, stop);
            }

            return null;
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            return e.Message;
        }
    }

    private async Task ReadAsync(Http2Stream stream, ClientView view, CancellationToken stop)
    {
        while (await stream.HeadAsync(stop) is { } head)
        {
            int status = int.Parse(
                head[0].Name == ":status" ? head[0].Value : throw new InvalidDataException("no :status first"),
                System.Globalization.CultureInfo.InvariantCulture
            );
            if (status < 200)
            {
                view.Interim.Add(status);
                continue;
            }

            view.Status = status;
            view.Fields = [.. head.Skip(1)];
            view.Framing = view.Values("content-length").Any() ? Framing.Length : Framing.None;
            view.Fault = await stream.ReadBodyAsync(Sink(view, out MemoryStream? kept), stop);
            view.Trailers = stream.Trailers;
            Settle(view, kept);
            return;
        }

        view.Fault = $"no response: {stream.Fault}";
    }

    // The connection goes on, also behind a stream that was reset.
    private async Task GoOnAsync(Http2Peer peer, ClientView view, CancellationToken stop)
    {
        if (Case.Operates)
        {
            return;
        }

        Http2Stream next = peer.Open();
        await peer.SendHeadersAsync(
            next,
            [new(":method", "GET"), new(":scheme", "https"), new(":authority", Run.Host), new(":path", PingTarget)],
            ends: true,
            stop
        );
        IReadOnlyList<Field>? head = await next.HeadAsync(stop);
        var body = new MemoryStream();
        string? fault = await next.ReadBodyAsync(body, stop);
        view.Next = head is null ? $"no response: {next.Fault}" : $"{head[0].Value} {Bytes.ToText(body.ToArray())}{fault}";
    }

    private async Task LeaveAsync(RawConnection connection, Http2Peer peer, Http2Stream stream, ClientView view, CancellationToken stop)
    {
        if (Case.Ending == GridEnding.ClientCloses)
        {
            await peer.GoAwayAsync(stop);
            await connection.FinishSendingAsync().WaitAsync(stop);
            await Task.WhenAny(Run.OriginEnded.Task, Task.Delay(GridBatch.LeaveBound, stop));
            return;
        }

        await peer.ResetAsync(stream, 8, stop);
        await GoOnAsync(peer, view, stop);
    }
}
