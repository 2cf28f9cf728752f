using Confgen.Runtime.Exchanges;
using Confgen.Runtime.Messages;
using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Http1;

/// <summary>
/// Writes the responses of an HTTP/1.x connection (RFC 9112). Small pieces are put together and sent in one call; large ones are sent as
/// they are.
/// </summary>
/// <param name="connection">The connection.</param>
/// <param name="deadline">The deadline of what is sent.</param>
/// <param name="watch">The clock of the deadline.</param>
internal sealed class Http1Output(Connection connection, Deadline deadline, DeadlineWatch watch)
{
    // A piece from this size on is sent as it is instead of being copied behind what waits.
    private const int DirectSize = 8 * 1024;

    private readonly OutputBuffer _buffer = new();

    /// <summary>Gives the buffer back while nothing is to be sent.</summary>
    public void Release() => _buffer.Release();

    /// <summary>Adds an interim response (1xx).</summary>
    public void WriteInterim(int status, FieldList fields)
    {
        _buffer.Write(StatusLines.Of(status));
        for (int i = 0; i < fields.Count; i++)
        {
            _buffer.WriteField(fields.Name(i), fields.Value(i));
        }

        _buffer.Write("\r\n"u8);
    }

    /// <summary>Adds the head of a final response, or of an upgrade.</summary>
    /// <param name="response">The response; its Content-Length field is left out, and its length written in its place.</param>
    /// <param name="request">The request.</param>
    /// <param name="keepsAlive">Whether another request may follow.</param>
    /// <param name="date">The Date field where the response has none.</param>
    public void WriteHead(Response response, Request request, bool keepsAlive, HttpDate date)
    {
        int status = response.Status;
        _buffer.Write(StatusLines.Of(status));
        FieldList fields = response.Fields;
        bool hasDate = false;
        for (int i = 0; i < fields.Count; i++)
        {
            FieldKind kind = fields[i].Kind;
            if (kind != FieldKind.ContentLength)
            {
                hasDate |= kind == FieldKind.Date;
                _buffer.WriteField(fields.Name(i), fields.Value(i));
            }
        }

        if (!hasDate && status >= 200)
        {
            _buffer.WriteField("Date"u8, date.Now);
        }

        if (status == 101)
        {
            _buffer.Write("Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n"u8);
            return;
        }

        if (response.HasBody && response.Length is null)
        {
            _buffer.Write(request.IsHttp10 ? default : "Transfer-Encoding: chunked\r\n"u8);
        }
        else if (status != 204 && (response.Length is not null || (status != 304 && !request.IsHead)))
        {
            _buffer.Write("Content-Length: "u8);
            _buffer.Write(response.Length ?? 0);
            _buffer.Write("\r\n"u8);
        }

        _buffer.Write(keepsAlive ? "\r\n"u8 : "Connection: close\r\n\r\n"u8);
    }

    /// <summary>Adds to the body, and sends where much waits.</summary>
    public ValueTask WriteAsync(ReadOnlyMemory<byte> data, bool isChunked)
    {
        if (!isChunked && data.Length >= DirectSize && _buffer.Length == 0)
        {
            return SendAsync(data);
        }

        if (isChunked)
        {
            _buffer.WriteChunkSize(data.Length);
        }

        _buffer.Write(data.Span);
        if (isChunked)
        {
            _buffer.Write("\r\n"u8);
        }

        return _buffer.Length >= InputBuffer.LargeSize ? FlushAsync() : ValueTask.CompletedTask;
    }

    /// <summary>Adds the last chunk, and the trailers.</summary>
    public void WriteLastChunk(FieldList? trailers)
    {
        _buffer.Write("0\r\n"u8);
        for (int i = 0; i < trailers?.Count; i++)
        {
            _buffer.WriteField(trailers.Name(i), trailers.Value(i));
        }

        _buffer.Write("\r\n"u8);
    }

    /// <summary>Sends what was added.</summary>
    public ValueTask FlushAsync()
    {
        if (_buffer.Length == 0)
        {
            return ValueTask.CompletedTask;
        }

        ValueTask sending = SendAsync(_buffer.Memory);
        if (sending.IsCompletedSuccessfully)
        {
            _buffer.Clear();
            return sending;
        }

        return FinishFlushAsync(sending);
    }

    private ValueTask SendAsync(ReadOnlyMemory<byte> data)
    {
        ValueTask sending = connection.SendAsync(data);
        return sending.IsCompletedSuccessfully ? sending : FinishSendAsync(sending);
    }

    private async ValueTask FinishSendAsync(ValueTask sending)
    {
        deadline.Set(watch.After(ClientTimeouts.Send));
        try
        {
            await sending;
        }
        finally
        {
            deadline.Clear();
        }
    }

    private async ValueTask FinishFlushAsync(ValueTask sending)
    {
        await sending;
        _buffer.Clear();
    }
}
