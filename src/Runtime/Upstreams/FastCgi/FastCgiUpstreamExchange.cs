using System.Globalization;
using System.Text;
using Confgen.Model.Upstreams;
using Confgen.Runtime.Messages;
using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Upstreams.FastCgi;

/// <summary>
/// A request to a FastCGI server in the role of a responder, and its response. Each has a connection of its own: a kept one would hold a
/// worker of PHP-FPM that others wait for.
/// </summary>
internal sealed class FastCgiUpstreamExchange : UpstreamExchange
{
    private const int LongestHead = 128 * 1024;

    private readonly Connection _connection;
    private readonly Action<string> _onErrorText;
    private readonly InputBuffer _input;
    private readonly RecordReader _records;
    private readonly MessageHead _head = new(hasFirstLine: false) { Limit = LongestHead, TakesBareLineFeeds = true };
    private readonly FastCgiParams _params = new();
    private RequestSpool? _spool;
    private bool _isHead;
    private BodyFraming _framing;
    private long _left;
    private ReadOnlyMemory<byte> _behindHead;
    private int _hasLeft;

    /// <param name="connection">A new connection.</param>
    /// <param name="server">The server.</param>
    /// <param name="watch">The clock of waits.</param>
    /// <param name="buffers">Sizes of buffers; null for the usual ones.</param>
    /// <param name="onErrorText">Gets what the server says on its error stream.</param>
    public FastCgiUpstreamExchange(
        Connection connection,
        ServerState server,
        DeadlineWatch watch,
        UpstreamBuffers? buffers,
        Action<string> onErrorText
    )
        : base(server, watch)
    {
        (_connection, _onErrorText) = (connection, onErrorText);
        _input = new InputBuffer(connection, largest: BufferSize(buffers?.Read));
        _records = new RecordReader(_input);
        WriteSize = BufferSize(buffers?.Write);
    }

    /// <inheritdoc/>
    public override bool HasUnsent => _spool is null && base.HasUnsent;

    /// <inheritdoc/>
    public override int WriteSize { get; }

    /// <inheritdoc/>
    public override bool IsReused => false;

    /// <inheritdoc/>
    public override FieldList Fields => _head.Fields;

    /// <inheritdoc/>
    public override bool HasBody => _framing != BodyFraming.None;

    /// <inheritdoc/>
    public override bool HasBytes => !_behindHead.IsEmpty || _input.HasBytes;

    /// <inheritdoc/>
    public override FieldList? Trailers => null;

    /// <summary>Sets a parameter; an empty value is none.</summary>
    public void SetParam(string name, string value) => _params.Set(name, value);

    /// <inheritdoc/>
    public override void BeginHead(string method, string target, string host)
    {
        _isHead = method == "HEAD";
        Output.Clear();
        _params.AddRequest(method, target, host);
    }

    /// <inheritdoc/>
    public override void AddField(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value) =>
        _params.AddField(name, Encoding.Latin1.GetString(value));

    /// <inheritdoc/>
    public override void AddField(ReadOnlySpan<byte> name, string value) => _params.AddField(name, value);

    /// <inheritdoc/>
    public override void EndHead(in RequestFraming framing)
    {
        if (framing.Body == BodyFraming.Chunked)
        {
            _spool = RequestSpool.Empty();
            return;
        }

        WriteHead(framing.Length);
        if (framing.Body == BodyFraming.None)
        {
            RecordWriter.WriteEnd(Output, RecordType.Input);
        }
    }

    /// <inheritdoc/>
    public override void AddBody(ReadOnlySpan<byte> piece)
    {
        if (_spool is null)
        {
            RecordWriter.WriteStream(Output, RecordType.Input, piece);
            return;
        }

        _spool.Add(piece);
    }

    /// <inheritdoc/>
    public override void EndBody(FieldList? trailers)
    {
        if (_spool is { } spool)
        {
            WriteHead(spool.Length);
        }
        else
        {
            RecordWriter.WriteEnd(Output, RecordType.Input);
        }
    }

    /// <inheritdoc/>
    public override ValueTask<bool> SendAsync(TimeSpan timeout) =>
        _spool is null || Output.Length == 0 ? SendOnAsync(_connection, timeout) : SendSpoolAsync(_spool, timeout);

    /// <inheritdoc/>
    public override void AbortRequest() => _connection.Abort();

    /// <inheritdoc/>
    public override async ValueTask<UpstreamError?> ReadHeadAsync()
    {
        while (true)
        {
            RecordStep step = _records.Step(out ReadOnlyMemory<byte> piece);
            if (step == RecordStep.Output)
            {
                HeadResult result = _head.Feed(piece.Span, out int consumed);
                if (result != HeadResult.Partial)
                {
                    _behindHead = piece[consumed..];
                    return result == HeadResult.Complete && TakeHead() ? null : UpstreamError.Malformed;
                }
            }
            else if (step == RecordStep.End)
            {
                return _records.IsRefused
                    ? UpstreamError.NotProcessed
                    : UpstreamError.Malformed with
                    {
                        Detail = "the request ended before the head of a response",
                    };
            }
            else if (step == RecordStep.Malformed)
            {
                return UpstreamError.Malformed with { Detail = "what it sent is no FastCGI" };
            }
            else if (!await _input.FillAsync())
            {
                return Error
                    ?? (
                        _head.HasStarted
                            ? UpstreamError.Malformed with
                            {
                                Detail = "the connection ended in the head of its response",
                            }
                            : UpstreamError.ClosedEarly
                    );
            }
        }
    }

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> TakePiece(out BodyState state)
    {
        ReadOnlyMemory<byte> piece = _behindHead;
        _behindHead = default;
        RecordStep step = piece.IsEmpty ? _records.Step(out piece) : RecordStep.Output;
        if (step == RecordStep.Malformed)
        {
            state = Broken("what it sent is no FastCGI");
            return default;
        }

        if (_framing == BodyFraming.Counted)
        {
            // What is over the length that the head told has nowhere to go.
            piece = piece[..(int)Math.Min(_left, piece.Length)];
            _left -= piece.Length;
            state =
                _left == 0 ? BodyState.End
                : step == RecordStep.End ? Broken("it is shorter than its Content-Length")
                : BodyState.More;
        }
        else
        {
            state = step == RecordStep.End ? BodyState.End : BodyState.More;
        }

        return piece;
    }

    /// <inheritdoc/>
    public override byte[] LendPiece() => [];

    /// <inheritdoc/>
    public override void EndResponse() { }

    /// <inheritdoc/>
    public override bool TryReturn() => false;

    /// <inheritdoc/>
    public override IDuplex? Upgrade() => null;

    /// <inheritdoc/>
    public override void Break() => _connection.Dispose();

    /// <inheritdoc/>
    public override void Close()
    {
        base.Close();
        _connection.Dispose();
        _input.Release();
        _spool?.Dispose();
        if (!_records.Errors.IsEmpty)
        {
            _onErrorText(Encoding.UTF8.GetString(_records.Errors));
        }
    }

    /// <inheritdoc/>
    public override void ClientLeft()
    {
        if (Interlocked.Exchange(ref _hasLeft, 1) == 0)
        {
            IsAbandoned = true;
            _connection.Abort();
        }
    }

    /// <inheritdoc/>
    protected override async ValueTask<BodyState> ReceiveAsync() => await _input.FillAsync() ? BodyState.More : Broken(null);

    private BodyState Broken(string? detail)
    {
        Fail(detail is null ? UpstreamError.BodyCut : UpstreamError.BodyCut with { Detail = detail });
        return BodyState.Broken;
    }

    private void WriteHead(long? length)
    {
        _params.Set("CONTENT_LENGTH", length?.ToString(CultureInfo.InvariantCulture) ?? "");
        RecordWriter.WriteBegin(Output);
        _params.Write(Output);
    }

    private async ValueTask<bool> SendSpoolAsync(RequestSpool spool, TimeSpan timeout)
    {
        while (spool.TryWriteNext(Output))
        {
            if (!await SendOnAsync(_connection, timeout))
            {
                return false;
            }
        }

        RecordWriter.WriteEnd(Output, RecordType.Input);
        return await SendOnAsync(_connection, timeout);
    }

    private bool TakeHead()
    {
        if (CgiStatus.Take(_head.Fields) is not { } status)
        {
            return false;
        }

        // How the message is framed is said by records.
        _head.Fields.Remove(FieldKind.TransferEncoding);
        Status = status;
        if (!Framing.TryOfResponse(_head.Fields, isHttp10: false, Status, _isHead, out _framing, out long? length))
        {
            return false;
        }

        Length = length;
        _left = length ?? 0;
        return true;
    }
}
