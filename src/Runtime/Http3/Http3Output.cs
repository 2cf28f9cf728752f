using System.Globalization;
using Confgen.Runtime.Hpack;
using Confgen.Runtime.Http1;
using Confgen.Runtime.Http3.Qpack;
using Confgen.Runtime.Http3.Quic;
using Confgen.Runtime.Messages;
using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Http3;

/// <summary>What is sent on a stream of HTTP/3: heads, DATA and trailers as frames, put together and sent.</summary>
internal sealed class Http3Output(IQuicStream stream, PeerSettings settings, HttpDate date, DeadlineWatch watch)
{
    private readonly OutputBuffer _pending = new();
    private readonly StreamDeadline _deadline = new(stream, watch);
    private Task _interim = Task.CompletedTask;

    /// <summary>The bytes that wait to be sent.</summary>
    public int Length => _pending.Length;

    /// <summary>Whether the client takes a head, by its own limit: with what it is written with beside its fields.</summary>
    public bool Takes(int status, FieldList fields, long? length)
    {
        long most = settings.MaxFieldSectionSize;
        if (most == VariableInteger.Most)
        {
            return true;
        }

        Span<byte> digits = stackalloc byte[20];
        return FieldSectionSize.Of(fields)
                + FieldSectionSize.Of(":status"u8, "200"u8)
                + (
                    length is { } counted && counted.TryFormat(digits, out int count)
                        ? FieldSectionSize.Of("content-length"u8, digits[..count])
                        : 0
                )
                + (IsDated(status, fields) ? FieldSectionSize.Of("date"u8, date.Now) : 0)
            <= most;
    }

    /// <summary>Adds the head of a response.</summary>
    public void WriteHead(int status, FieldList fields, long? length) => WriteHead(_pending, status, fields, length);

    /// <summary>Adds a piece of the body.</summary>
    public void WriteData(ReadOnlySpan<byte> data)
    {
        VariableInteger.Write(_pending, FrameTypes.Data);
        VariableInteger.Write(_pending, data.Length);
        _pending.Write(data);
    }

    /// <summary>Adds trailers; none where the client wouldn't take them.</summary>
    public void WriteTrailers(FieldList? trailers)
    {
        if (trailers is { Count: > 0 } && FieldSectionSize.Of(trailers) <= settings.MaxFieldSectionSize)
        {
            var section = new OutputBuffer();
            FieldSectionWriter.WriteNoStatus(section);
            FieldSectionWriter.WriteFields(section, trailers);
            WriteHeaders(_pending, section);
        }
    }

    /// <summary>Sends an interim head behind the ones before it; what is added later waits for it.</summary>
    public ValueTask SendInterimAsync(int status, FieldList fields)
    {
        var frame = new OutputBuffer();
        WriteHead(frame, status, fields, null);
        return new ValueTask(_interim = SendAsync(_interim, frame));
    }

    /// <summary>Sends what was added, and with <paramref name="ends"/> the end of the stream.</summary>
    public async ValueTask SendAsync(bool ends)
    {
        try
        {
            await _interim;
            await SendAsync(_pending.Memory, ends);
        }
        finally
        {
            _pending.Clear();
        }
    }

    /// <summary>Waits until the client has everything, or won't have it; nothing is added any more.</summary>
    public async ValueTask EndAsync()
    {
        _pending.Release();
        _deadline.Start(2 * ClientTimeouts.Send);
        await stream.Delivered.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _deadline.Remove();
    }

    private static bool IsDated(int status, FieldList fields) => status >= 200 && fields.IndexOf(FieldKind.Date) < 0;

    private void WriteHead(OutputBuffer output, int status, FieldList fields, long? length)
    {
        var section = new OutputBuffer();
        FieldSectionWriter.WriteStatus(section, status);
        FieldSectionWriter.WriteFields(section, fields);
        if (length is { } counted)
        {
            Span<byte> digits = stackalloc byte[20];
            counted.TryFormat(digits, out int count, provider: CultureInfo.InvariantCulture);
            FieldSectionWriter.WriteField(section, "content-length"u8, digits[..count]);
        }

        if (IsDated(status, fields))
        {
            FieldSectionWriter.WriteField(section, "date"u8, date.Now);
        }

        WriteHeaders(output, section);
    }

    private static void WriteHeaders(OutputBuffer output, OutputBuffer section)
    {
        VariableInteger.Write(output, FrameTypes.Headers);
        VariableInteger.Write(output, section.Length);
        output.Write(section.Memory.Span);
        section.Release();
    }

    private async Task SendAsync(Task before, OutputBuffer frame)
    {
        await before;
        await SendAsync(frame.Memory, ends: false);
        frame.Release();
    }

    private async ValueTask SendAsync(ReadOnlyMemory<byte> data, bool ends)
    {
        ValueTask sending = stream.WriteAsync(data, ends);
        if (!sending.IsCompleted)
        {
            _deadline.Start(ClientTimeouts.Send);
        }

        try
        {
            await sending;
        }
        finally
        {
            _deadline.Clear();
        }
    }
}
