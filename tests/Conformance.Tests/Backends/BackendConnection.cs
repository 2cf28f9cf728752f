using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Confgen.Conformance.Tests.Wire;

namespace Confgen.Conformance.Tests.Backends;

/// <summary>A connection of a backend: one exchange after the other.</summary>
internal sealed class BackendConnection(RecordingBackend backend, Socket socket, Stream stream, int number)
{
    private readonly MessageReader _reader = new(stream);

    /// <summary>Reads a request, writes it down and answers.</summary>
    /// <returns>Whether a further one may come.</returns>
    public async Task<bool> ExchangeAsync(CancellationToken stop)
    {
        IReadOnlyList<string>? head;
        try
        {
            head = await _reader.HeadAsync(stop);
        }
        catch (InvalidDataException e)
        {
            backend.Requests.Enqueue(
                new RecordedRequest
                {
                    Backend = backend.Name,
                    Connection = number,
                    Line = "",
                    Fields = [],
                    Fault = e.Message,
                }
            );
            return false;
        }

        if (head is null)
        {
            return false;
        }

        RecordedRequest request;
        try
        {
            request = new RecordedRequest
            {
                Backend = backend.Name,
                Connection = number,
                Line = head[0],
                Fields = MessageReader.Fields(head.Skip(1)),
            };
        }
        catch (InvalidDataException e)
        {
            request = new RecordedRequest
            {
                Backend = backend.Name,
                Connection = number,
                Line = head[0],
                Fields = [],
                Fault = e.Message,
            };
        }

        BackendPlan plan = backend.Plan;
        _reader.Progress = bytes => plan.Uploaded(bytes.Length);
        backend.Requests.Enqueue(request);
        Response response = plan.Responses(request);
        if (!response.Early && !await ReadBodyAsync(request, stop))
        {
            return false;
        }

        try
        {
            await plan.Gate.WaitAsync(stop);
            await Task.Delay(response.Delay, stop);
            if (response.Then is not (Ending.Hang or Ending.Stall) || response.Head.Length > 0)
            {
                await SendAsync(request, response, plan, stop);
            }
        }
        catch (IOException)
        {
            request.Left.TrySetResult();
            return false;
        }

        if (response.WebSocket)
        {
            await EchoAsync(stop);
            request.Left.TrySetResult();
            return false;
        }

        if (response.Early && response.Then == Ending.Keep && !await ReadBodyAsync(request, stop))
        {
            return false;
        }

        switch (response.Then)
        {
            case Ending.Keep:
                return true;
            case Ending.Close:
                // A goodbye, and what still comes is read, so that the kernel sends no reset.
                socket.Shutdown(SocketShutdown.Send);
                await DrainAsync(stop);
                return false;
            case Ending.Reset:
                socket.LingerState = new LingerOption(enable: true, 0);
                socket.Close();
                return false;
            case Ending.Stall:
                await Task.Delay(Timeout.Infinite, stop);
                return false;
            default:
                await DrainAsync(stop);
                request.Left.TrySetResult();
                return false;
        }
    }

    private async Task<bool> ReadBodyAsync(RecordedRequest request, CancellationToken stop)
    {
        try
        {
            if (request.Values("Expect").Any(v => v.Equals("100-continue", StringComparison.OrdinalIgnoreCase)))
            {
                await stream.WriteAsync("HTTP/1.1 100 Continue\r\n\r\n"u8.ToArray(), stop);
            }

            request.Body = await _reader.BodyAsync(request.Fields, untilClose: false, stop);
        }
        catch (InvalidDataException e)
        {
            request.Fault = e.Message;
            return false;
        }
        finally
        {
            request.BodyRead.TrySetResult();
        }

        if (request.Body.Fault is not null)
        {
            request.Left.TrySetResult();
            return false;
        }

        return true;
    }

    private async Task SendAsync(RecordedRequest request, Response response, BackendPlan plan, CancellationToken stop)
    {
        byte[] head = response.WebSocket ? Upgraded(request, response.Head) : response.Head;
        IReadOnlyList<Piece> pieces = request.Method == "HEAD" && response.BodilessToHead ? [] : response.Pieces;
        await stream.WriteAsync(response.Lockstep ? head : [.. head, .. pieces.SelectMany(p => p.Wire)], stop);
        int sent = 0;
        foreach (Piece piece in response.Lockstep ? pieces : [])
        {
            // Before the first piece the client must have got the head.
            await plan.ClientHas(sent, stop);
            await stream.WriteAsync(piece.Wire, stop);
            sent += piece.Payload;
        }

        await stream.FlushAsync(stop);
    }

    private static byte[] Upgraded(RecordedRequest request, byte[] head)
    {
        string key = request.Values("Sec-WebSocket-Key").FirstOrDefault("");
        string accept = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
        return Bytes.Of(Bytes.ToText(head).Replace("\r\n\r\n", $"\r\nSec-WebSocket-Accept: {accept}\r\n\r\n", StringComparison.Ordinal));
    }

    private async Task EchoAsync(CancellationToken stop)
    {
        while (await WebSocketFrame.ReadAsync(_reader, stop) is { } frame)
        {
            await stream.WriteAsync((frame with { Masked = false }).ToBytes(), stop);
            if (frame.Opcode == WebSocketFrame.Close)
            {
                return;
            }
        }
    }

    private async Task DrainAsync(CancellationToken stop)
    {
        while (!await _reader.ClosedAsync(stop))
        {
            await _reader.ExactlyAsync(_reader.Waiting, stop);
        }
    }
}
