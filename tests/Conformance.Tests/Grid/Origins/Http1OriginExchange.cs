using System.Net.Sockets;
using System.Text;
using Confgen.Conformance.Tests.Wire;

namespace Confgen.Conformance.Tests.Grid.Origins;

/// <summary>An exchange over HTTP/1.x, and whether a further one may follow on its connection.</summary>
internal sealed class Http1OriginExchange(Socket socket, Stream stream, MessageReader reader, GridUpstream kind) : OriginExchange
{
    private Framing _framing;
    private bool _silentToHead;

    /// <summary>Whether the connection goes on behind this exchange.</summary>
    public bool IsKept { get; private set; } = true;

    /// <summary>Reads the next request of a connection; null where the peer closed before it.</summary>
    public static async Task<Http1OriginExchange?> ReadAsync(
        Socket socket,
        Stream stream,
        MessageReader reader,
        GridUpstream kind,
        CancellationToken stop
    )
    {
        if (await reader.HeadAsync(stop) is not { } head)
        {
            return null;
        }

        string[] line = head[0].Split(' ');
        if (line is not [_, _, "HTTP/1.1" or "HTTP/1.0"])
        {
            throw new InvalidDataException($"no request line: '{Bytes.Show(head[0])}'");
        }

        var exchange = new Http1OriginExchange(socket, stream, reader, kind)
        {
            Method = line[0],
            Target = line[1],
            Fields = MessageReader.Fields(head.Skip(1)),
        };
        exchange.IsKept =
            line[2] == "HTTP/1.1"
            && !exchange.Fields.Any(f => f.Is("Connection") && f.Value.Contains("close", StringComparison.OrdinalIgnoreCase));
        return exchange;
    }

    public override async Task ReadBodyAsync(Arrival arrival, CancellationToken stop)
    {
        try
        {
            if (Fields.Any(f => f.Is("Expect")))
            {
                await stream.WriteAsync("HTTP/1.1 100 Continue\r\n\r\n"u8.ToArray(), stop);
            }

            MessageBody body = await reader.BodyAsync(Fields, untilClose: false, stop, arrival.Body);
            arrival.Framing = body.Framing;
            arrival.Trailers = body.Trailers;
            arrival.Fault = body.Fault;
        }
        catch (InvalidDataException e)
        {
            arrival.Fault = e.Message;
        }
    }

    public override Task SendInterimAsync(int status, IReadOnlyList<Field> fields, CancellationToken stop) =>
        SendAsync($"HTTP/1.1 {status} Interim", fields, stop);

    public override async Task SendHeadAsync(
        int status,
        IReadOnlyList<Field> fields,
        Framing framing,
        long length,
        IReadOnlyList<Field> trailers,
        CancellationToken stop
    )
    {
        _framing = framing;
        _silentToHead = Method == "HEAD";
        List<Field> all = [.. fields];
        switch (framing)
        {
            case Framing.Length:
                all.Add(new("Content-Length", $"{length}"));
                break;
            case Framing.Chunked:
                all.Add(new("Transfer-Encoding", "chunked"));
                break;
            default:
                break;
        }

        if (trailers.Count > 0 && framing == Framing.Chunked)
        {
            all.Add(new("Trailer", string.Join(", ", trailers.Select(t => t.Name))));
        }

        IsKept &= framing != Framing.Close && kind is not (GridUpstream.Closing or GridUpstream.Silent or GridUpstream.Http10);
        if (!IsKept && kind is not (GridUpstream.Silent or GridUpstream.Http10))
        {
            all.Add(new("Connection", "close"));
        }

        await SendAsync($"HTTP/1.{(kind == GridUpstream.Http10 ? 0 : 1)} {status} Made up", all, stop);
    }

    public override async Task SendBodyAsync(ReadOnlyMemory<byte> bytes, CancellationToken stop)
    {
        if (_silentToHead || bytes.Length == 0)
        {
            return;
        }

        if (_framing == Framing.Chunked)
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"{bytes.Length:x}\r\n"), stop);
        }

        await stream.WriteAsync(bytes, stop);
        if (_framing == Framing.Chunked)
        {
            await stream.WriteAsync("\r\n"u8.ToArray(), stop);
        }

        await stream.FlushAsync(stop);
    }

    public override async Task EndAsync(IReadOnlyList<Field> trailers, CancellationToken stop)
    {
        if (_framing == Framing.Chunked && !_silentToHead)
        {
            await SendAsync("0", trailers, stop);
        }
    }

    public override async Task CutAsync(bool reset, CancellationToken stop)
    {
        IsKept = false;
        if (reset)
        {
            // What was sent shall have gone, so that the reset is in the middle and not at the start.
            socket.LingerState = new LingerOption(enable: true, 0);
            socket.Close();
        }
        else
        {
            socket.Shutdown(SocketShutdown.Send);
            await LeftAsync(stop);
        }
    }

    public override async Task<string?> LeftAsync(CancellationToken stop)
    {
        IsKept = false;
        return await reader.ClosedAsync(stop) ? null : "the proxy sent bytes behind the request";
    }

    private async Task SendAsync(string line, IReadOnlyList<Field> fields, CancellationToken stop)
    {
        await stream.WriteAsync(Bytes.Of($"{line}\r\n{string.Concat(fields.Select(f => $"{f.Name}: {f.Value}\r\n"))}\r\n"), stop);
        await stream.FlushAsync(stop);
    }
}
