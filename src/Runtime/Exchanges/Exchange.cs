using Confgen.Runtime.Messages;

namespace Confgen.Runtime.Exchanges;

/// <summary>One request and its response, whatever protocol the client speaks.</summary>
internal abstract class Exchange
{
    private Task? _reading;
    private TimeProvider _time = TimeProvider.System;
    private long _started;
    private Action? _streamBegan;
    private long _upgradedIn;
    private long _upgradedOut;

    /// <summary>An exchange whose response isn't begun.</summary>
    /// <param name="responseFields">Where the fields of the response are kept; null for a list of its own.</param>
    protected Exchange(FieldList? responseFields = null) => Response = new Response(responseFields ?? new FieldList());

    /// <summary>The request.</summary>
    public abstract Request Request { get; }

    /// <summary>The response.</summary>
    public Response Response { get; }

    /// <summary>The connection it came by.</summary>
    public abstract ClientConnection Client { get; }

    /// <summary>The status of the response that was begun; 0 while none was.</summary>
    public int SentStatus { get; protected set; }

    /// <summary>Bytes of the response's body sent, before any transfer coding.</summary>
    public long SentBytes { get; protected set; }

    /// <summary>Bytes of the request's body received, without any transfer coding.</summary>
    public abstract long ReceivedBytes { get; }

    /// <summary>Bytes received behind the head: of the request's body, and of the connection after an upgrade.</summary>
    public long BytesIn => ReceivedBytes + _upgradedIn;

    /// <summary>Bytes sent behind the head: of the response's body, and of the connection after an upgrade.</summary>
    public long BytesOut => SentBytes + _upgradedOut;

    /// <summary>The time since the request's head was read.</summary>
    public TimeSpan Elapsed => _time.GetElapsedTime(_started);

    /// <summary>The time from there to the response's head; null while there is none.</summary>
    public TimeSpan? TimeToFirstByte { get; private set; }

    /// <summary>Whether bytes of the request's body were taken, so that it can't be sent again whole.</summary>
    public bool HasTakenBody { get; protected set; }

    /// <summary>Most bytes of the request's body; 0 is unlimited. Over it <see cref="ReadBodyAsync"/> fails with 413.</summary>
    public long MaxBody { get; set; }

    /// <summary>Whether the client has gone.</summary>
    public abstract bool ClientHasLeft { get; }

    /// <summary>The trailers behind the request's body; null where there are none.</summary>
    public abstract FieldList? RequestTrailers { get; }

    /// <summary>Sets who is told when the client leaves, from any thread; null for nobody.</summary>
    public abstract void WatchClient(IClientWatcher? watcher);

    /// <summary>The next piece of the request's body, valid until the next call; empty at the end.</summary>
    /// <exception cref="BodyFaultException">There is no whole body.</exception>
    public abstract ValueTask<ReadOnlyMemory<byte>> ReadBodyAsync();

    /// <summary>Sends an interim answer (1xx) where the client's protocol has them.</summary>
    public abstract ValueTask SendInterimAsync(int status, FieldList fields);

    /// <summary>Whether the response goes on for as long as the client stays: an event stream, or an upgraded connection.</summary>
    public bool IsStream { get; private set; }

    /// <summary>Whether nothing of the response is missing.</summary>
    public bool HasWholeResponse { get; private set; }

    /// <summary>The head of a request was read.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="streamBegan">Called where the response turns out to be a stream.</param>
    public void Start(TimeProvider time, Action? streamBegan)
    {
        (_time, _started, _streamBegan) = (time, time.GetTimestamp(), streamBegan);
        (TimeToFirstByte, IsStream, HasWholeResponse) = (null, false, false);
        (_upgradedIn, _upgradedOut) = (0, 0);
    }

    /// <summary>An upgraded connection is over: so many bytes came from the client, and so many went to it.</summary>
    public void CountUpgraded(long received, long sent) => (_upgradedIn, _upgradedOut) = (received, sent);

    /// <summary>Begins the response; <see cref="Response"/> is sent with the first flush.</summary>
    public void Begin()
    {
        // Whatever a source says: a body behind one of these heads would be read as the next response (RFC 9112, section 6.3).
        Response.HasBody &= !Request.IsHead && Response.Status is >= 200 and not (204 or 304);
        SentStatus = Response.Status;
        TimeToFirstByte = Elapsed;
        if (Response.IsEventStream || Response.Status == 101)
        {
            IsStream = true;
            _streamBegan?.Invoke();
        }

        BeginCore();
    }

    /// <summary>Adds to the response's body.</summary>
    public ValueTask WriteAsync(ReadOnlyMemory<byte> data) =>
        Response.Encoder is { } encoder ? WriteCoreAsync(encoder.Encode(data.Span)) : WriteCoreAsync(data);

    /// <summary>Sends what was added, the head included.</summary>
    public ValueTask FlushAsync() => Response.Encoder is { } encoder ? FlushEncodedAsync(encoder) : FlushCoreAsync();

    /// <summary>Ends the response and sends what is left.</summary>
    public ValueTask EndAsync(FieldList? trailers)
    {
        HasWholeResponse = true;
        return Response.Encoder is { } encoder ? EndEncodedAsync(encoder, trailers) : EndCoreAsync(trailers);
    }

    /// <summary>
    /// Somebody still reads the body, whose server is gone: nobody else can read it any more, and the reading goes on until
    /// <see cref="EndReadingAsync"/>, since it can't be ended on every protocol before the response.
    /// </summary>
    public void DetachBodyReader(Task reading) => (_reading, HasTakenBody) = (reading, true);

    /// <summary>The response is over: ends the reading that was left.</summary>
    public async ValueTask EndReadingAsync()
    {
        if (_reading is { } reading)
        {
            _reading = null;
            if (!reading.IsCompleted)
            {
                await AbortBodyReadAsync(reading);
            }
        }
    }

    /// <summary>The response is whole, and what is left of the request's body concerns nobody: ends the reading of it.</summary>
    public abstract ValueTask AbortBodyReadAsync(Task reading);

    /// <summary>Breaks the response off, so that the client sees that it isn't whole.</summary>
    public abstract void Abort();

    /// <summary>Whether the client would take the server's response of 101 for what it asked for.</summary>
    public virtual bool AcceptsUpgrade(FieldList response) => true;

    /// <summary>Sends the response of 101 that was begun, and goes over to bytes both ways.</summary>
    public abstract ValueTask<Transport.IDuplex> UpgradeAsync();

    /// <summary>Nothing more is taken from this client's connection: what it says can't be trusted to be what it means.</summary>
    public virtual void CloseAfterResponse() { }

    /// <summary>Begins the response in the client's protocol.</summary>
    protected abstract void BeginCore();

    /// <summary>Adds bytes as they are.</summary>
    protected abstract ValueTask WriteCoreAsync(ReadOnlyMemory<byte> data);

    /// <summary>Sends what was added.</summary>
    protected abstract ValueTask FlushCoreAsync();

    /// <summary>Ends the response.</summary>
    protected abstract ValueTask EndCoreAsync(FieldList? trailers);

    private async ValueTask FlushEncodedAsync(Compression.Encoder encoder)
    {
        await WriteCoreAsync(encoder.Flush());
        await FlushCoreAsync();
    }

    private async ValueTask EndEncodedAsync(Compression.Encoder encoder, FieldList? trailers)
    {
        await WriteCoreAsync(encoder.End());
        await EndCoreAsync(trailers);
    }
}
