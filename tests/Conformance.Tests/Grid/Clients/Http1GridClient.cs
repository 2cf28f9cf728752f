using System.Text;
using Confgen.Conformance.Tests.Wire;

namespace Confgen.Conformance.Tests.Grid.Clients;

/// <summary>A client over HTTP/1.0 or HTTP/1.1.</summary>
internal sealed class Http1GridClient(GridRun run, (int Plain, int Tls) ports) : GridClientBase(run, ports)
{
    private string Version => Case.IsHttp10 ? "HTTP/1.0" : "HTTP/1.1";

    public override async Task<ClientView> PlayAsync(CancellationToken stop)
    {
        ClientView view = View();
        await using RawConnection connection = await ConnectAsync(stop);
        if (Case.LeavesUploading)
        {
            await connection.SendAsync(Head(), stop);
            view.UploadFault = await UploadAsync(connection, Case.Request.Length / 2, stop);
            await LeaveAsync(connection, stop);
            view.Fault = "left";
            return view;
        }

        // Read while sending: a program may respond early, and a client that didn't read would block it.
        await connection.SendAsync(Case.HasUpload && Case.Extra != GridExtra.Expects ? Head() : [.. Head(), .. Pipelined()], stop);
        Task<string?> upload =
            Case.Extra == GridExtra.Expects ? Task.FromResult<string?>(null) : UploadAsync(connection, Case.Request.Length, stop);
        if (Case.ClientLeaves)
        {
            await upload;
            await (Case.Reader == GridReader.Stops ? UntilStalledAsync(stop) : UntilMiddleAsync(stop));
            await LeaveAsync(connection, stop);
            view.Fault = "left";
            return view;
        }

        try
        {
            await ReadAsync(connection, view, stop);
            view.UploadFault = await upload;
            if (view.Fault is null)
            {
                await GoOnAsync(connection, view, stop);
            }
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            view.Fault ??= e.Message;
        }

        return view;
    }

    private byte[] Head()
    {
        List<Field> fields = [new("Host", Run.Host), .. RequestFields()];
        switch (Case.Client)
        {
            case GridClient.Http11Closing or GridClient.Http11ClosingTls:
                fields.Add(new("Connection", "close"));
                break;
            case GridClient.Http10Kept or GridClient.Http10KeptTls:
                fields.Add(new("Connection", "keep-alive"));
                break;
            default:
                break;
        }

        switch (Case.Request.Framing)
        {
            case Framing.Length:
                fields.Add(new("Content-Length", $"{Case.Request.Length}"));
                break;
            case Framing.Chunked:
                fields.Add(new("Transfer-Encoding", "chunked"));
                break;
            default:
                break;
        }

        if (Case.Extra == GridExtra.Expects)
        {
            fields.Add(new("Expect", "100-continue"));
        }

        return Bytes.Of(
            $"{Case.Request.Method} {Run.Target} {Version}\r\n{string.Concat(fields.Select(f => $"{f.Name}: {f.Value}\r\n"))}\r\n"
        );
    }

    private byte[] Pipelined() => Case.Extra == GridExtra.Pipelined ? Ping() : [];

    private byte[] Ping() =>
        Bytes.Of($"GET {PingTarget} {Version}\r\nHost: {Run.Host}\r\n{(Case.IsHttp10 ? "Connection: keep-alive\r\n" : "")}\r\n");

    private async Task<string?> UploadAsync(RawConnection connection, long until, CancellationToken stop)
    {
        bool chunked = Case.Request.Framing == Framing.Chunked;
        try
        {
            for (long sent = 0; sent < until; )
            {
                ReadOnlyMemory<byte> piece = Run.Up.From(sent);
                piece = piece[..(int)Math.Min(Math.Min(piece.Length, Piece), until - sent)];
                byte[] wire = chunked ? [.. Encoding.ASCII.GetBytes($"{piece.Length:x}\r\n"), .. piece.Span, .. "\r\n"u8] : piece.ToArray();
                await connection.SendAsync(wire, stop);
                sent += piece.Length;
            }

            if (until == Case.Request.Length && Case.HasUpload)
            {
                string end = chunked
                    ? $"0\r\n{string.Concat(ExtraFields.Trailers(Case.Extra).Select(t => $"{t.Name}: {t.Value}\r\n"))}\r\n"
                    : "";
                await connection.SendAsync((byte[])[.. Bytes.Of(end), .. Pipelined()], stop);
            }

            return null;
        }
        catch (IOException e)
        {
            return e.Message;
        }
    }

    private async Task ReadAsync(RawConnection connection, ClientView view, CancellationToken stop)
    {
        while (await connection.Reader.HeadAsync(stop) is { } head)
        {
            string[] line = head[0].Split(' ', 3);
            if (line.Length < 2 || !line[0].StartsWith("HTTP/1.", StringComparison.Ordinal) || !int.TryParse(line[1], out int status))
            {
                throw new InvalidDataException($"no status line: '{Bytes.Show(head[0])}'");
            }

            if (status is 100 && Case.Extra == GridExtra.Expects && !view.Interim.Contains(100))
            {
                view.UploadFault = await UploadAsync(connection, Case.Request.Length, stop);
            }

            if (status < 200)
            {
                view.Interim.Add(status);
                continue;
            }

            view.Status = status;
            view.Fields = MessageReader.Fields(head.Skip(1));
            if (Case.Request.Method == "HEAD" || status is 204 or 304)
            {
                return;
            }

            MessageBody body = await connection.Reader.BodyAsync(view.Fields, untilClose: true, stop, Sink(view, out MemoryStream? kept));
            view.Framing = body.Framing;
            view.Fault = body.Fault;
            view.Trailers = body.Trailers;
            Settle(view, kept);
            return;
        }

        view.Fault = connection.Reader.WasReset ? "a reset instead of a response" : "closed instead of a response";
    }

    // Behind a response the connection takes a further request, or ends with a goodbye.
    private async Task GoOnAsync(RawConnection connection, ClientView view, CancellationToken stop)
    {
        string kept = string.Join(",", view.Values("connection")).ToLowerInvariant();
        bool ends =
            view.Framing == Framing.Close
            || kept.Contains("close", StringComparison.Ordinal)
            || !Case.IsKept
            || (Case.IsHttp10 && !kept.Contains("keep-alive", StringComparison.Ordinal));
        if (Case.Operates)
        {
            return;
        }

        if (ends)
        {
            view.Closing =
                !await connection.Reader.ClosedAsync(stop) ? "bytes behind the response"
                : connection.Reader.WasReset ? "a reset"
                : "closed";
            view.Next = Case.Extra == GridExtra.Pipelined ? "closed" : null;
            return;
        }

        if (Case.Extra != GridExtra.Pipelined)
        {
            await connection.SendAsync(Ping(), stop);
        }

        RawResponse? next = await RawResponse.ReadAsync(connection.Reader, "GET", null, stop);
        view.Next = next is null ? "closed" : $"{next.Status} {Bytes.ToText(next.Body.Bytes)}";
    }

    private async Task LeaveAsync(RawConnection connection, CancellationToken stop)
    {
        if (Case.Ending == GridEnding.ClientResets || Case.Reader == GridReader.Stops)
        {
            connection.Reset();
            return;
        }

        await connection.FinishSendingAsync().WaitAsync(stop);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(GridBatch.LeaveBound);
        try
        {
            while (!await connection.Reader.ClosedAsync(patience.Token))
            {
                await connection.Reader.ExactlyAsync(connection.Reader.Waiting, patience.Token);
            }
        }
        catch (Exception e) when (e is IOException || (e is OperationCanceledException && !stop.IsCancellationRequested))
        {
            // Gone as well, or deaf to the end: then the origin's side tells.
        }
    }
}
