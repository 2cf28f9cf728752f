using System.Net;
using Confgen.Model.Upstreams;
using Confgen.Runtime.Messages;
using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Upstreams.Http1;

/// <summary>The exchanges of a connection to a server that speaks HTTP/1.1, one after the other.</summary>
internal sealed class Http1UpstreamExchange : UpstreamExchange
{
    // Larger than any real head; nginx's default would refuse 6 KiB.
    private const int LongestHead = 128 * 1024;

    private const int Free = 0;
    private const int InUse = 1;
    private const int Abandoned = 2;

    private readonly Connection _connection;
    private readonly IdleConnections _pool;
    private readonly InputBuffer _input;
    private readonly MessageHead _head = new(hasFirstLine: true) { Limit = LongestHead };
    private readonly Http1ResponseBody _body;
    private BodyFraming _requestFraming;
    private bool _isHead;
    private bool _keepsAlive;
    private int _use;

    public Http1UpstreamExchange(
        Connection connection,
        EndPoint? endPoint,
        ServerState server,
        IdleConnections pool,
        DeadlineWatch watch,
        UpstreamBuffers? buffers
    )
        : base(server, watch)
    {
        (_connection, EndPoint, _pool) = (connection, endPoint, pool);
        _input = new InputBuffer(connection, largest: BufferSize(buffers?.Read));
        _body = new Http1ResponseBody(_input);
        WriteSize = BufferSize(buffers?.Write);
    }

    /// <summary>The address that the connection was made to; null behind a tunnel.</summary>
    public EndPoint? EndPoint { get; }

    /// <summary>The requests that the connection has served.</summary>
    public int Served { get; private set; }

    /// <summary>When it became idle, on the watch's clock.</summary>
    public long IdleSince { get; set; }

    /// <summary>Whether bytes, or the server's end, wait while nobody has asked for anything.</summary>
    public bool IsReadable => _connection.IsReadable();

    /// <inheritdoc/>
    public override int WriteSize { get; }

    /// <inheritdoc/>
    public override bool IsReused => Served > 0;

    /// <inheritdoc/>
    public override FieldList Fields => _head.Fields;

    /// <inheritdoc/>
    public override bool HasBody => _body.Framing != BodyFraming.None;

    /// <inheritdoc/>
    public override bool HasBytes => _input.HasBytes;

    /// <inheritdoc/>
    public override FieldList? Trailers => _body.Trailers;

    // Nothing is left of the request or the response, and nothing beside it came.
    private bool IsClean => HasSentRequest && _keepsAlive && !HasBody && !_input.HasBytes && !_input.HasEnded && !_connection.IsClosed;

    /// <inheritdoc/>
    public override void BeginHead(string method, string target, string host)
    {
        Reset();
        Volatile.Write(ref _use, InUse);
        _isHead = method == "HEAD";
        Output.Clear();
        Http1RequestWriter.WriteBegin(Output, method, target, host);
    }

    /// <inheritdoc/>
    public override void AddField(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value) => Output.WriteField(name, value);

    /// <inheritdoc/>
    public override void AddField(ReadOnlySpan<byte> name, string value)
    {
        Output.Write(name);
        Output.Write(": "u8);
        Output.WriteLatin1(value);
        Output.Write("\r\n"u8);
    }

    /// <inheritdoc/>
    public override void EndHead(in RequestFraming framing)
    {
        _requestFraming = framing.Body;
        Http1RequestWriter.WriteEnd(Output, framing);
    }

    /// <inheritdoc/>
    public override void AddBody(ReadOnlySpan<byte> piece)
    {
        if (_requestFraming == BodyFraming.Chunked)
        {
            Http1RequestWriter.WriteChunk(Output, piece);
        }
        else
        {
            Output.Write(piece);
        }
    }

    /// <inheritdoc/>
    public override void EndBody(FieldList? trailers)
    {
        if (_requestFraming == BodyFraming.Chunked)
        {
            Http1RequestWriter.WriteLastChunk(Output, trailers);
        }
    }

    /// <inheritdoc/>
    public override ValueTask<bool> SendAsync(TimeSpan timeout) => SendOnAsync(_connection, timeout);

    /// <inheritdoc/>
    public override void AbortRequest() => _connection.Abort();

    /// <inheritdoc/>
    public override async ValueTask<UpstreamError?> ReadHeadAsync()
    {
        _head.Reset();
        while (true)
        {
            if (_input.HasBytes)
            {
                HeadResult result = _head.Feed(_input.Span, out int consumed);
                _input.Consume(consumed);
                if (result != HeadResult.Partial)
                {
                    return result == HeadResult.Complete && TakeHead() ? null : UpstreamError.Malformed;
                }
            }
            else if (!await _input.FillAsync())
            {
                return Error
                    ?? (
                        _head.HasStarted
                            ? UpstreamError.Malformed with
                            {
                                Detail = "the connection ended in its head",
                            }
                            : UpstreamError.ClosedEarly
                    );
            }
        }
    }

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> TakePiece(out BodyState state)
    {
        ReadOnlyMemory<byte> piece = _body.Take(out state);
        if (state == BodyState.Broken)
        {
            Fail(UpstreamError.BodyCut with { Detail = "its chunks are malformed" });
        }

        return piece;
    }

    /// <inheritdoc/>
    public override byte[] LendPiece() => _input.Lend();

    /// <inheritdoc/>
    public override void EndResponse() => _body.End();

    /// <inheritdoc/>
    public override bool TryReturn()
    {
        // The client's leaving may have ended it.
        if (!IsClean || Interlocked.CompareExchange(ref _use, Free, InUse) != InUse)
        {
            return false;
        }

        AwaitUntil(long.MaxValue);
        _input.Release();
        Output.Release();
        _head.Reset();
        Served++;
        _pool.Return(this, Watch.Now);
        return true;
    }

    /// <inheritdoc/>
    public override IDuplex Upgrade() => new Duplex(_connection, _input);

    /// <inheritdoc/>
    public override void Break() => _connection.Dispose();

    /// <inheritdoc/>
    public override void Close()
    {
        base.Close();
        _connection.Dispose();
        _input.Release();
    }

    /// <inheritdoc/>
    public override void ClientLeft()
    {
        if (Interlocked.CompareExchange(ref _use, Abandoned, InUse) == InUse)
        {
            IsAbandoned = true;
            _connection.Abort();
        }
    }

    /// <inheritdoc/>
    protected override async ValueTask<BodyState> ReceiveAsync()
    {
        if (await _input.FillAsync())
        {
            return BodyState.More;
        }

        if (_body.Framing == BodyFraming.UntilClose && !_input.IsBroken && !_connection.IsClosed)
        {
            return BodyState.End;
        }

        Fail(UpstreamError.BodyCut);
        return BodyState.Broken;
    }

    private bool TakeHead()
    {
        ReadOnlySpan<byte> line = _head.FirstLine;
        if (
            line.Length < 12
            || !line.StartsWith("HTTP/1."u8)
            || line[7] is not ((byte)'0' or (byte)'1')
            || line[8] != ' '
            || (line.Length > 12 && line[12] != ' ')
            || !MessageHead.IsValue(line)
            || !Framing.TryLength(line[9..12], out long status)
            || status is < 100 or > 599
        )
        {
            return false;
        }

        bool isHttp10 = line[7] == '0';
        Status = (int)status;
        if (!Framing.TryOfResponse(_head.Fields, isHttp10, Status, _isHead, out BodyFraming framing, out long? length))
        {
            return false;
        }

        Length = length;
        _body.Begin(framing, length ?? 0);
        _keepsAlive = !isHttp10 && framing != BodyFraming.UntilClose && !FieldTokens.Has(_head.Fields, FieldKind.Connection, "close"u8);
        return true;
    }
}
