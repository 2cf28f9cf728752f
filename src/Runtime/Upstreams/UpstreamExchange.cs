using Confgen.Runtime.Exchanges;
using Confgen.Runtime.Messages;
using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Upstreams;

/// <summary>
/// One request to a server and its response, whatever the server speaks. Forwarding, <c>forward_auth</c> and health probes stand on it. The
/// order of calls: the head (<see cref="BeginHead"/>, fields, <see cref="EndHead"/>), the body, each sent by <see cref="SendAsync"/>;
/// beside it <see cref="ReadHeadAsync"/> up to the final head, then the body by <see cref="TakePiece"/> and <see cref="FillAsync"/>; last
/// <see cref="TryReturn"/> or <see cref="Close"/>. One task sends while another reads.
/// </summary>
internal abstract class UpstreamExchange : IClientWatcher, IFieldWriter
{
    /// <summary>A server that sends more interim responses than this before the final one has lost its way.</summary>
    public const int MostInterim = 32;

    // What an array can hold, and more than the system's own buffers ever give at once.
    private const int LargestBuffer = 1 << 30;

    private readonly WaitDeadline _readDeadline;
    private readonly WaitDeadline _sendDeadline;
    private UpstreamError? _error;
    private bool _hasSentRequest;
    private long _sentAt;

    protected UpstreamExchange(ServerState server, DeadlineWatch watch)
    {
        (Server, Watch) = (server, watch);
        (_readDeadline, _sendDeadline) = (
            new WaitDeadline(this, UpstreamError.ReadTimedOut),
            new WaitDeadline(this, UpstreamError.SendTimedOut)
        );
        watch.Add(_readDeadline);
        watch.Add(_sendDeadline);
    }

    /// <summary>The server.</summary>
    public ServerState Server { get; }

    /// <summary>What is put together for the server and not yet sent.</summary>
    public OutputBuffer Output { get; } = new();

    /// <summary>Whether anything was added that is not yet sent, the head included.</summary>
    public virtual bool HasUnsent => Output.Length > 0;

    /// <summary>How many bytes of a body are put together before they are sent.</summary>
    public abstract int WriteSize { get; }

    /// <summary>Whether the connection carried a request before.</summary>
    public abstract bool IsReused { get; }

    /// <summary>Whether it was ended because the client has left.</summary>
    public bool IsAbandoned { get; protected set; }

    /// <summary>The first thing that went wrong; null where nothing has.</summary>
    public UpstreamError? Error => Volatile.Read(ref _error);

    /// <summary>The status of the head that was read last.</summary>
    public int Status { get; protected set; }

    /// <summary>The fields of that head.</summary>
    public abstract FieldList Fields { get; }

    /// <summary>The length of the body where the head tells it.</summary>
    public long? Length { get; protected set; }

    /// <summary>Whether a body follows the head.</summary>
    public abstract bool HasBody { get; }

    /// <summary>Whether bytes of the body are here that <see cref="TakePiece"/> would give.</summary>
    public abstract bool HasBytes { get; }

    /// <summary>The trailers behind the body, as the server sent them; null for none.</summary>
    public abstract FieldList? Trailers { get; }

    /// <summary>Whether the whole request was sent.</summary>
    public bool HasSentRequest => Volatile.Read(ref _hasSentRequest);

    /// <summary>Milliseconds from the request's end to now: how long the server has had all of it. 0 while it hasn't.</summary>
    public long Waited => HasSentRequest ? Watch.Now - Volatile.Read(ref _sentAt) : 0;

    /// <summary>The clock of waits.</summary>
    protected DeadlineWatch Watch { get; }

    /// <summary>Begins the head of a request.</summary>
    /// <param name="method">The method.</param>
    /// <param name="target">The target in origin form, a character for each byte.</param>
    /// <param name="host">The host, with its port where it isn't the usual one, a character for each byte.</param>
    public abstract void BeginHead(string method, string target, string host);

    /// <summary>Adds a field; none of those that frame or route the message.</summary>
    public abstract void AddField(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value);

    /// <summary>Adds a field whose value has a character for each byte.</summary>
    public abstract void AddField(ReadOnlySpan<byte> name, string value);

    /// <summary>Ends the head.</summary>
    public abstract void EndHead(in RequestFraming framing);

    /// <summary>Adds to the body.</summary>
    public abstract void AddBody(ReadOnlySpan<byte> piece);

    /// <summary>Ends a body whose length the head didn't tell; <see cref="SendAsync"/> follows.</summary>
    public abstract void EndBody(FieldList? trailers);

    /// <summary>
    /// Sends what was added. False where that is no use any more; whether there is a response all the same, reading tells.
    /// </summary>
    /// <param name="timeout">The longest time for which the server takes nothing.</param>
    public abstract ValueTask<bool> SendAsync(TimeSpan timeout);

    /// <summary>The request is whole: from here on the server has all of it.</summary>
    public void EndRequest()
    {
        Volatile.Write(ref _sentAt, Watch.Now);
        Volatile.Write(ref _hasSentRequest, true);
    }

    /// <summary>The request can't be sent whole: the server must not take what it got for one.</summary>
    public abstract void AbortRequest();

    /// <summary>When the wait for bytes of the server is over, on the watch's clock.</summary>
    public void AwaitUntil(long due) => _readDeadline.Set(due);

    /// <summary>Reads the next head, interim ones (1xx) included; null, or why there is none.</summary>
    public abstract ValueTask<UpstreamError?> ReadHeadAsync();

    /// <summary>
    /// The next piece of the body among the bytes that are here, valid until the next call; empty where more are needed or it is at its
    /// end.
    /// </summary>
    public abstract ReadOnlyMemory<byte> TakePiece(out BodyState state);

    /// <summary>Waits for more of the body; <see cref="Error"/> says why it is broken.</summary>
    /// <param name="timeout">The longest silence.</param>
    public async ValueTask<BodyState> FillAsync(TimeSpan timeout)
    {
        _readDeadline.Set(Watch.After(timeout));
        BodyState state = await ReceiveAsync();
        _readDeadline.Clear();
        return state;
    }

    /// <summary>
    /// What the last piece lies in, for who still needs it when the connection is another's; given back to the pool by them. Empty where it
    /// stays valid until <see cref="Close"/>.
    /// </summary>
    public abstract byte[] LendPiece();

    /// <summary>The whole body was read.</summary>
    public abstract void EndResponse();

    /// <summary>Gives the connection back for the next request; false where it can't serve one. From then on it is another's.</summary>
    public abstract bool TryReturn();

    /// <summary>The connection as bytes both ways, after a 101; null where the protocol has no such thing.</summary>
    public abstract IDuplex? Upgrade();

    /// <summary>Ends both directions, from any thread: waits for the server end.</summary>
    public abstract void Break();

    /// <summary>Ends the exchange, and gives back what it took. Nobody may be sending or reading any more.</summary>
    public virtual void Close()
    {
        Watch.Remove(_readDeadline);
        Watch.Remove(_sendDeadline);
        Output.Release();
    }

    /// <inheritdoc/>
    public abstract void ClientLeft();

    /// <summary>Begins with another request.</summary>
    protected void Reset()
    {
        (IsAbandoned, _hasSentRequest, _error, Status, Length) = (false, false, null, 0, null);
        _readDeadline.Clear();
    }

    /// <summary>Takes note of what went wrong; the first counts.</summary>
    protected void Fail(UpstreamError error) => Interlocked.CompareExchange(ref _error, error, null);

    /// <summary>Starts the wait for the server to take what is sent.</summary>
    protected void AwaitSending(TimeSpan timeout) => _sendDeadline.Set(Watch.After(timeout));

    /// <summary>Ends that wait.</summary>
    protected void EndSending() => _sendDeadline.Clear();

    /// <summary>Sends what was added on a connection.</summary>
    protected ValueTask<bool> SendOnAsync(Connection connection, TimeSpan timeout)
    {
        if (Output.Length == 0)
        {
            return ValueTask.FromResult(true);
        }

        try
        {
            ValueTask sending = connection.SendAsync(Output.Memory);
            if (!sending.IsCompletedSuccessfully)
            {
                return FinishSendAsync(sending, timeout);
            }

            sending.GetAwaiter().GetResult();
            Output.Clear();
            return ValueTask.FromResult(true);
        }
        catch (Exception e) when (InputBuffer.IsTransportFault(e))
        {
            Output.Clear();
            return ValueTask.FromResult(false);
        }
    }

    private async ValueTask<bool> FinishSendAsync(ValueTask sending, TimeSpan timeout)
    {
        AwaitSending(timeout);
        try
        {
            await sending;
            return true;
        }
        catch (Exception e) when (InputBuffer.IsTransportFault(e))
        {
            return false;
        }
        finally
        {
            EndSending();
            Output.Clear();
        }
    }

    /// <summary>The size of a buffer that the spec may give.</summary>
    protected static int BufferSize(long? written) => (int)Math.Min(written ?? InputBuffer.LargeSize, LargestBuffer);

    /// <summary>Receives more of the body.</summary>
    protected abstract ValueTask<BodyState> ReceiveAsync();

    private sealed class WaitDeadline(UpstreamExchange exchange, UpstreamError error) : Deadline
    {
        protected override void Expire()
        {
            exchange.Fail(error);
            exchange.Break();
        }
    }
}
