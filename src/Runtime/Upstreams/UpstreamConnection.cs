using Confgen.Model.Upstreams;
using Confgen.Runtime.Exchanges;
using Confgen.Runtime.Messages;
using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Upstreams;

/// <summary>A connection to a server that speaks HTTP/1.1, used for one request after the other.</summary>
internal sealed class UpstreamConnection : IClientWatcher
{
    // Larger than any real head; nginx's default would refuse 6 KiB.
    private const int LongestHead = 128 * 1024;

    // What an array can hold, and more than the system's own buffers ever give at once.
    private const int LargestBuffer = 1 << 30;

    private const int Free = 0;
    private const int InUse = 1;
    private const int Abandoned = 2;

    private readonly DeadlineWatch _watch;
    private readonly WaitDeadline _readDeadline;
    private readonly WaitDeadline _sendDeadline;
    private readonly ChunkedReader _chunks = new();
    private long _left;
    private int _use;
    private bool _hasSentRequest;

    public UpstreamConnection(Connection wire, ServerState server, DeadlineWatch watch, UpstreamBuffers? buffers)
    {
        (Connection, Server, _watch) = (wire, server, watch);
        Input = new InputBuffer(wire, largest: SizeOf(buffers?.Read));
        WriteSize = SizeOf(buffers?.Write);
        (_readDeadline, _sendDeadline) = (new WaitDeadline(this), new WaitDeadline(this));
        watch.Add(_readDeadline);
        watch.Add(_sendDeadline);
    }

    /// <summary>The server.</summary>
    public ServerState Server { get; }

    /// <summary>The bytes both ways.</summary>
    public Connection Connection { get; }

    /// <summary>What the server sends.</summary>
    public InputBuffer Input { get; }

    /// <summary>What is put together for the server.</summary>
    public OutputBuffer Output { get; } = new();

    /// <summary>How much of a body is put together before it is sent.</summary>
    public int WriteSize { get; }

    /// <summary>The head of the answer.</summary>
    public MessageHead Head { get; } = new(hasFirstLine: true) { Limit = LongestHead };

    /// <summary>The status of the answer.</summary>
    public int Status { get; private set; }

    /// <summary>How the answer's body ends.</summary>
    public BodyFraming Framing { get; private set; }

    /// <summary>The length that the answer's head says; null without one.</summary>
    public long? Length { get; private set; }

    /// <summary>Whether the connection served a request before.</summary>
    public bool IsReused { get; set; }

    /// <summary>When it became idle, on the watch's clock.</summary>
    public long IdleSince { get; set; }

    /// <summary>Whether a wait on the server was too long.</summary>
    public bool HasTimedOut { get; private set; }

    /// <summary>Whether it was given up because the client left.</summary>
    public bool IsAbandoned { get; private set; }

    /// <summary>Whether the server lets the connection go on after this answer.</summary>
    public bool KeepsAlive { get; private set; }

    /// <summary>The trailers of the answer; null where there are none.</summary>
    public FieldList? Trailers => Framing == BodyFraming.Chunked && _chunks.Trailers.Count > 0 ? _chunks.Trailers : null;

    /// <summary>Whether the whole request was sent.</summary>
    public bool HasSentRequest
    {
        get => Volatile.Read(ref _hasSentRequest);
        set => Volatile.Write(ref _hasSentRequest, value);
    }

    // Nothing is left of the request or the answer, and nothing beside it came.
    private bool IsClean => HasSentRequest && KeepsAlive && Framing == BodyFraming.None && !Input.HasBytes && !Input.HasEnded && !Connection.IsClosed;

    /// <inheritdoc/>
    public void ClientLeft()
    {
        if (Interlocked.CompareExchange(ref _use, Abandoned, InUse) == InUse)
        {
            IsAbandoned = true;
            Connection.Abort();
        }
    }

    /// <summary>Begins a request.</summary>
    public void Use()
    {
        HasSentRequest = false;
        Volatile.Write(ref _use, InUse);
    }

    /// <summary>Gives the connection back for the next request; false where it can't serve one. From then on it is another's.</summary>
    public bool TryReturn()
    {
        // The client's leaving may have ended it.
        if (!IsClean || Interlocked.CompareExchange(ref _use, Free, InUse) != InUse)
        {
            return false;
        }

        Server.Return(this, _watch.Now);
        return true;
    }

    /// <summary>Starts the wait for bytes of the server.</summary>
    public void AwaitUntil(long due) => _readDeadline.Set(due);

    /// <summary>Sends what was put together.</summary>
    public async ValueTask SendAsync(TimeSpan timeout)
    {
        ValueTask sending = Connection.SendAsync(Output.Memory);
        if (!sending.IsCompletedSuccessfully)
        {
            _sendDeadline.Set(_watch.After(timeout));
        }

        try
        {
            await sending;
        }
        finally
        {
            _sendDeadline.Clear();
            Output.Clear();
        }
    }

    /// <summary>Reads the next head, interim ones included.</summary>
    /// <param name="isHead">Whether the request's method is HEAD, so that no body follows.</param>
    public async ValueTask<HeadOutcome> ReadHeadAsync(bool isHead)
    {
        Head.Reset();
        while (true)
        {
            if (Input.HasBytes)
            {
                HeadResult result = Head.Feed(Input.Span, out int consumed);
                Input.Consume(consumed);
                if (result != HeadResult.Partial)
                {
                    return result == HeadResult.Complete && TakeHead(isHead) ? HeadOutcome.Complete : HeadOutcome.Broken;
                }
            }
            else if (!await Input.FillAsync())
            {
                return HasTimedOut ? HeadOutcome.TimedOut : Head.HasStarted ? HeadOutcome.Broken : HeadOutcome.Closed;
            }
        }
    }

    /// <summary>The next piece of the answer's body among the bytes that are here; empty where more are needed or it is at its end.</summary>
    public ReadOnlyMemory<byte> TakePiece(out BodyState state)
    {
        ReadOnlyMemory<byte> bytes = Input.Available;
        ReadOnlyMemory<byte> piece = default;
        state = BodyState.More;
        switch (Framing)
        {
            case BodyFraming.Counted:
                piece = bytes[..(int)Math.Min(_left, bytes.Length)];
                Input.Consume(piece.Length);
                _left -= piece.Length;
                state = _left == 0 ? BodyState.End : BodyState.More;
                break;
            case BodyFraming.UntilClose:
                piece = bytes;
                Input.Consume(piece.Length);
                break;
            case BodyFraming.Chunked:
                while (piece.IsEmpty && state == BodyState.More && Input.HasBytes)
                {
                    ChunkStep step = _chunks.Step(Input.Span, out int consumed, out Range data);
                    piece = step == ChunkStep.Data ? Input.Available[data] : default;
                    Input.Consume(consumed);
                    state = step == ChunkStep.End ? BodyState.End : step == ChunkStep.Malformed ? BodyState.Broken : BodyState.More;
                }

                break;
            default:
                state = BodyState.End;
                break;
        }

        return piece;
    }

    /// <summary>Receives more of the answer's body, or finds that it is at its end or broke off.</summary>
    public async ValueTask<BodyState> FillAsync(TimeSpan timeout)
    {
        _readDeadline.Set(_watch.After(timeout));
        bool more = await Input.FillAsync();
        _readDeadline.Clear();
        return more ? BodyState.More
            : Framing == BodyFraming.UntilClose && !Input.IsBroken && !Connection.IsClosed ? BodyState.End
            : BodyState.Broken;
    }

    /// <summary>The whole body was read.</summary>
    public void EndBody() => Framing = Framing == BodyFraming.UntilClose ? Framing : BodyFraming.None;

    /// <summary>Makes ready to be idle.</summary>
    public void Eject()
    {
        _readDeadline.Clear();
        Input.Release();
        Output.Release();
        Head.Reset();
        IsReused = true;
    }

    /// <summary>Closes the connection.</summary>
    public void Close()
    {
        _watch.Remove(_readDeadline);
        _watch.Remove(_sendDeadline);
        Connection.Dispose();
        Input.Release();
        Output.Release();
    }

    private static int SizeOf(long? written) => (int)Math.Min(written ?? InputBuffer.LargeSize, LargestBuffer);

    private bool TakeHead(bool isHead)
    {
        ReadOnlySpan<byte> line = Head.FirstLine;
        if (line.Length < 12 || !line.StartsWith("HTTP/1."u8) || line[7] is not ((byte)'0' or (byte)'1') || line[8] != ' '
            || (line.Length > 12 && line[12] != ' ') || !MessageHead.IsValue(line)
            || !Messages.Framing.TryLength(line[9..12], out long status) || status is < 100 or > 599)
        {
            return false;
        }

        bool isHttp10 = line[7] == '0';
        Status = (int)status;
        if (!Messages.Framing.TryOfResponse(Head.Fields, isHttp10, Status, isHead, out BodyFraming framing, out long? length))
        {
            return false;
        }

        (Framing, Length, _left) = (framing, length, length ?? 0);
        KeepsAlive = !isHttp10 && framing != BodyFraming.UntilClose && !FieldTokens.Has(Head.Fields, FieldKind.Connection, "close"u8);
        _chunks.Reset();
        return true;
    }

    private sealed class WaitDeadline(UpstreamConnection connection) : Deadline
    {
        protected override void Expire()
        {
            connection.HasTimedOut = true;
            connection.Connection.Dispose();
        }
    }
}
