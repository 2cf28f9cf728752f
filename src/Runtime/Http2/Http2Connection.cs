using Confgen.Runtime.Exchanges;
using Confgen.Runtime.Http1;
using Confgen.Runtime.Http2Frames;
using Confgen.Runtime.Messages;
using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Http2;

/// <summary>One connection of HTTP/2: reads its frames, and serves each stream that the client opens beside the others.</summary>
internal sealed class Http2Connection : IServedConnection
{
    private const int SmallestHeadLimit = 64 * 1024;

    // A client that doesn't say that it has heard of the end, by acknowledging a PING, has had the time to.
    private static readonly TimeSpan _longestAnnouncement = TimeSpan.FromSeconds(1);

    private readonly Connection _transport;
    private readonly InputBuffer _input;
    private readonly int _headLimit;
    private readonly IRequestHandler _handler;
    private readonly DeadlineWatch _watch;
    private readonly FrameHandler _frames;
    private readonly StreamResetLimiter _load;
    private readonly ReadDeadline _deadline;
    private readonly OpenStreams _streams;
    private readonly TaskCompletionSource _isHeard = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _isClosing;

    /// <summary>A connection whose first bytes may be read already.</summary>
    /// <param name="transport">The connection.</param>
    /// <param name="input">What was received of it, and whatever follows.</param>
    /// <param name="client">Who is at its other end.</param>
    /// <param name="headLimit">The largest head that any site of its listener takes.</param>
    /// <param name="handler">Answers the requests.</param>
    /// <param name="watch">Watches over the waits.</param>
    /// <param name="date">The Date field.</param>
    public Http2Connection(
        Connection transport,
        InputBuffer input,
        ClientConnection client,
        int headLimit,
        IRequestHandler handler,
        DeadlineWatch watch,
        HttpDate date
    )
    {
        (_transport, _input, Client, _headLimit, _handler, _watch, Date) = (transport, input, client, headLimit, handler, watch, date);
        Output = new Http2Output(transport, watch);
        Credit = new Http2Credit(Output);
        _load = new StreamResetLimiter(watch);
        _deadline = new ReadDeadline(this);
        _streams = new OpenStreams(_deadline, watch);
        _frames = new FrameHandler(this);
    }

    /// <summary>The client.</summary>
    public ClientConnection Client { get; }

    /// <summary>The Date field.</summary>
    public HttpDate Date { get; }

    /// <summary>Watches over the waits.</summary>
    public DeadlineWatch Watch => _watch;

    /// <summary>Where its streams keep fields.</summary>
    public FieldLists Lists { get; } = new();

    /// <summary>What is sent.</summary>
    public Http2Output Output { get; }

    /// <summary>What the client may send.</summary>
    public Http2Credit Credit { get; }

    /// <summary>
    /// Most bytes of a head. Each site's own limit is checked where the site is known, so that it can be told by a status; this one only
    /// bounds what is read until then.
    /// </summary>
    public int HardHeadLimit => (int)Math.Min((2L * _headLimit) + SmallestHeadLimit, int.MaxValue / 2);

    /// <inheritdoc/>
    public async Task RunAsync()
    {
        _watch.Add(_deadline);
        _deadline.Set(_watch.After(ClientTimeouts.Head));
        try
        {
            Http2Settings.Send(Output, (uint)_headLimit + (MessageHead.MostFields * Hpack.FieldSectionSize.Overhead));
            Output.Control.WriteNumber(FrameType.WindowUpdate, 0, Http2Credit.Window - Http2RequestBody.FirstWindow);
            await Output.FlushAsync();
            while (true)
            {
                // 1. Every frame that is here.
                if (_isClosing)
                {
                    _input.Consume(_input.Available.Length);
                }
                else
                {
                    Output.Hold();
                    _input.Consume(_frames.Read(_input.Span));
                    Output.Release();
                }

                // 2. What they ask for. A client that takes none of it is read no further.
                await Output.FlushAsync();
                if (!await _input.FillAsync())
                {
                    return;
                }
            }
        }
        finally
        {
            _watch.Remove(_deadline);
            await EndAsync();
        }
    }

    /// <summary>
    /// Takes no further request, and ends the connection when those under way are over. As RFC 9113, section 6.8, has it, the client first
    /// hears that there will be an end, and then which of its requests was the last: none that was under way in between is refused.
    /// </summary>
    public async Task LeaveAsync()
    {
        if (!_streams.TryAnnounce())
        {
            return;
        }

        Output.Control.WriteGoAway(int.MaxValue, ErrorCodes.NoError);
        Output.Control.Write(FrameType.Ping, FrameFlags.None, "leaving."u8);
        await Output.FlushAsync();
        await Task.WhenAny(_isHeard.Task, Task.Delay(_longestAnnouncement, _watch.Time));
        if (!_streams.TryClose())
        {
            return;
        }

        Output.Control.WriteGoAway(_frames.LastStream, ErrorCodes.NoError);
        await Output.FlushAsync();
        await _streams.AllEnded;
        await CloseAsync();
    }

    /// <summary>The client broke a rule of the connection: ends it, and says why.</summary>
    public void Fail(int code)
    {
        if (!_isClosing)
        {
            _isClosing = true;
            Output.Control.WriteGoAway(_frames.LastStream, code);
            _streams.AbandonAll();
            _ = CloseAsync();
        }
    }

    /// <inheritdoc/>
    public void Cut() => _transport.Dispose();

    /// <summary>The client has acknowledged a PING: it has read what was sent before.</summary>
    public void Heard() => _isHeard.TrySetResult();

    /// <summary>The stream of that number; null where it is over, or was never opened.</summary>
    public Http2Exchange? Find(int id) => _streams.Find(id);

    /// <summary>Begins with a request; false where no further one is taken now.</summary>
    public bool TryBegin(Http2Exchange exchange) => _streams.TryBegin(exchange);

    /// <summary>Serves a request that was begun.</summary>
    /// <param name="exchange">The request.</param>
    /// <param name="refusal">The status for which it is refused; 0 where its head is right.</param>
    public async Task ServeAsync(Http2Exchange exchange, int refusal)
    {
        try
        {
            // A body that the head denies would be a request of its own to somebody.
            if (
                refusal == 0
                && exchange is { Request: { Framing: BodyFraming.None, IsWebSocket: false }, Body.IsEnded: false }
                && !(await exchange.ReceiveAsync(ClientTimeouts.Body)).IsEmpty
            )
            {
                refusal = 400;
            }

            if (refusal != 0)
            {
                _handler.NoteRefused(refusal);
            }

            await (refusal == 0 ? _handler.HandleAsync(exchange) : RoutelessResponse.RefuseAsync(exchange, refusal));
        }
        catch (Exception e) when (e is BodyFaultException || InputBuffer.IsTransportFault(e))
        {
            exchange.Abort();
        }
        finally
        {
            exchange.Close();
            End(exchange);
        }
    }

    /// <summary>A stream cost the client nothing, and was in vain.</summary>
    public void AddVain()
    {
        if (!_load.TryAddVain())
        {
            Fail(ErrorCodes.EnhanceYourCalm);
        }
    }

    /// <summary>A head has begun whose end is not here yet, or the head that had begun is whole.</summary>
    public void AwaitHead(bool isAwaited) => _streams.AwaitHead(isAwaited);

    private void End(Http2Exchange exchange)
    {
        if (exchange.HasEnded)
        {
            _load.AddUseful();
        }

        _streams.End(exchange, awaitsNext: !_isClosing);
    }

    // What was sent arrives: this side ends first, and reads on until the client has ended, too.
    private async Task CloseAsync()
    {
        _isClosing = true;
        _transport.IsLingering = true;
        _deadline.Set(_watch.After(LingeringClose.Longest));
        await Output.DrainAsync();
        await _transport.EndSendingAsync();
    }

    private async Task EndAsync()
    {
        Output.Break();
        _streams.EndAll();
        await _streams.AllEnded;
    }

    private sealed class ReadDeadline(Http2Connection connection) : Deadline
    {
        protected override void Expire() =>
            ThreadPool.UnsafeQueueUserWorkItem(static connection => connection.TimeOut(), connection, preferLocal: false);
    }

    // A connection that was idle is left with a word; one that is closed already, or in the middle of a head, has had its time.
    private void TimeOut()
    {
        if (_isClosing)
        {
            _transport.ShutDown();
        }
        else if (_streams.IsIdle)
        {
            _ = LeaveAsync();
        }
        else if (!_streams.IsAnnouncing)
        {
            Cut();
        }
    }
}
