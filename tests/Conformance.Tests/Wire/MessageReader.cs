using System.Globalization;

namespace Confgen.Conformance.Tests.Wire;

/// <summary>
/// Reads HTTP/1.1 messages byte by byte from a buffer, strictly: anything that is not as RFC 9112 has it is told, never mended. Both the
/// client and the backends of the tests read with it.
/// </summary>
internal sealed class MessageReader(Stream stream)
{
    private readonly byte[] _buffer = new byte[16 * 1024];
    private int _start;
    private int _end;

    /// <summary>Bytes that came and that nobody read.</summary>
    public int Waiting => _end - _start;

    /// <summary>Whether the peer ended with a reset, or TLS without its goodbye.</summary>
    public bool WasReset { get; private set; }

    /// <summary>Told of each piece of a body as it comes, with all of the body so far.</summary>
    public Action<ReadOnlyMemory<byte>>? Progress { get; set; }

    /// <summary>The lines of a head, without their ends; null where the peer closed before its first byte.</summary>
    public async Task<IReadOnlyList<string>?> HeadAsync(CancellationToken stop)
    {
        var lines = new List<string>();
        while (true)
        {
            if (await LineAsync(stop) is not { } line)
            {
                return lines.Count == 0 ? null : throw new InvalidDataException($"the peer closed within a head, after '{lines[^1]}'");
            }

            if (line.Length > 0)
            {
                lines.Add(line);
            }
            else if (lines.Count > 0)
            {
                return lines;
            }
        }
    }

    public static IReadOnlyList<Field> Fields(IEnumerable<string> lines) =>
        [
            .. lines.Select(line =>
                line.IndexOf(':', StringComparison.Ordinal) is var colon and > 0
                    ? new Field(line[..colon], line[(colon + 1)..].Trim(' ', '\t'))
                    : throw new InvalidDataException($"no header line: '{Bytes.Show(line)}'")
            ),
        ];

    /// <summary>The body that a head announces.</summary>
    /// <param name="fields">The head's fields.</param>
    /// <param name="untilClose">Whether a head that announces none means one that lasts until the peer closes.</param>
    /// <param name="stop">The ceiling.</param>
    /// <param name="into">Where the bytes go; null to keep them in the result.</param>
    public async Task<MessageBody> BodyAsync(IReadOnlyList<Field> fields, bool untilClose, CancellationToken stop, Stream? into = null)
    {
        Stream body = into ?? new MemoryStream();
        string[] codings = [.. fields.Where(f => f.Is("Transfer-Encoding")).Select(f => f.Value)];
        string[] lengths = [.. fields.Where(f => f.Is("Content-Length")).Select(f => f.Value)];
        if (codings is [_, ..])
        {
            return codings is not ["chunked"] || lengths.Length > 0
                ? throw new InvalidDataException(
                    $"ambiguous framing: Transfer-Encoding '{string.Join(" | ", codings)}', Content-Length '{string.Join(" | ", lengths)}'"
                )
                : await ChunkedAsync(body, stop);
        }

        if (lengths is [_, ..])
        {
            return lengths is [var only] && long.TryParse(only, NumberStyles.None, CultureInfo.InvariantCulture, out long length)
                ? await CountedAsync(body, length, stop)
                : throw new InvalidDataException($"bad Content-Length '{string.Join(" | ", lengths)}'");
        }

        return untilClose ? await UntilCloseAsync(body, stop) : MessageBody.None;
    }

    /// <summary>Exactly so many bytes, as those of a frame; null where the peer closed first.</summary>
    public async Task<byte[]?> ExactlyAsync(int count, CancellationToken stop)
    {
        var bytes = new byte[count];
        for (int at = 0; at < count; )
        {
            if (_start == _end && !await FillAsync(stop))
            {
                return null;
            }

            int piece = Math.Min(count - at, _end - _start);
            _buffer.AsSpan(_start, piece).CopyTo(bytes.AsSpan(at));
            _start += piece;
            at += piece;
        }

        return bytes;
    }

    /// <summary>Whether the peer closed; false where it sends a further byte instead.</summary>
    public async Task<bool> ClosedAsync(CancellationToken stop) => _start == _end && !await FillAsync(stop);

    private async Task<MessageBody> CountedAsync(Stream body, long length, CancellationToken stop)
    {
        while (body.Length < length)
        {
            if (!await TakeAsync(body, length - body.Length, stop))
            {
                return new MessageBody(Kept(body), Framing.Length, $"cut after {body.Length} of {length} bytes", []);
            }
        }

        return new MessageBody(Kept(body), Framing.Length, null, []);
    }

    private async Task<MessageBody> UntilCloseAsync(Stream body, CancellationToken stop)
    {
        while (await TakeAsync(body, long.MaxValue, stop)) { }

        return new MessageBody(Kept(body), Framing.Close, WasReset ? "reset by the peer" : null, []);
    }

    private async Task<MessageBody> ChunkedAsync(Stream body, CancellationToken stop)
    {
        MessageBody Cut(string where) => new(Kept(body), Framing.Chunked, $"cut {where} after {body.Length} bytes", []);
        while (true)
        {
            if (await LineAsync(stop) is not { } line)
            {
                return Cut("before a chunk");
            }

            string digits = line.Split(';')[0].TrimEnd(' ', '\t');
            if (!int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int size) || size < 0)
            {
                return new MessageBody(Kept(body), Framing.Chunked, $"no chunk size: '{Bytes.Show(line)}'", []);
            }

            if (size == 0)
            {
                break;
            }

            for (long end = body.Length + size; body.Length < end; )
            {
                if (!await TakeAsync(body, end - body.Length, stop))
                {
                    return Cut("in a chunk");
                }
            }

            if (await LineAsync(stop) is not "")
            {
                return Cut("behind a chunk");
            }
        }

        var trailers = new List<string>();
        while (true)
        {
            switch (await LineAsync(stop))
            {
                case null:
                    return Cut("in the trailers");
                case "":
                    return new MessageBody(Kept(body), Framing.Chunked, null, Fields(trailers));
                case var line:
                    trailers.Add(line);
                    break;
            }
        }
    }

    private static byte[] Kept(Stream body) => body is MemoryStream kept ? kept.ToArray() : [];

    private async Task<bool> TakeAsync(Stream body, long most, CancellationToken stop)
    {
        if (_start == _end && !await FillAsync(stop))
        {
            return false;
        }

        int piece = (int)Math.Min(most, _end - _start);
        body.Write(_buffer, _start, piece);
        _start += piece;
        if (body is MemoryStream kept)
        {
            Progress?.Invoke(kept.GetBuffer().AsMemory(0, (int)kept.Length));
        }

        return true;
    }

    private async Task<string?> LineAsync(CancellationToken stop)
    {
        var line = new List<byte>();
        while (true)
        {
            if (_start == _end && !await FillAsync(stop))
            {
                return null;
            }

            byte next = _buffer[_start++];
            if (next == '\n')
            {
                return line is [.., (byte)'\r']
                    ? Bytes.ToText([.. line.SkipLast(1)])
                    : throw new InvalidDataException(
                        $"a line that ends without a carriage return: '{Bytes.Show(Bytes.ToText([.. line]))}'"
                    );
            }

            line.Add(next);
        }
    }

    private async Task<bool> FillAsync(CancellationToken stop)
    {
        _start = 0;
        _end = 0;
        try
        {
            _end = await stream.ReadAsync(_buffer, stop);
        }
        catch (IOException)
        {
            WasReset = true;
        }

        return _end > 0;
    }
}
