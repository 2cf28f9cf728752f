using Confgen.Runtime.Exchanges;
using Confgen.Runtime.Hpack;
using Confgen.Runtime.Http1;
using Confgen.Runtime.Http3.Quic;
using Confgen.Runtime.Messages;
using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Http3;

/// <summary>One connection of HTTP/3: each stream that the client opens is served beside the others.</summary>
internal sealed class Http3Connection : IServedConnection
{
    // Requests that were sent before the client heard that none is taken any more are told so one by one, in which time they arrive.
    private static readonly TimeSpan _farewell = TimeSpan.FromMilliseconds(200);

    private const int SmallestHeadLimit = 64 * 1024;

    // The streams of a client are numbered by fours (RFC 9000, section 2.1).
    private const int IdStep = 4;

    private readonly IQuicConnection _transport;
    private readonly IRequestHandler _handler;
    private readonly DeadlineWatch _watch;
    private readonly int _headLimit;
    private readonly PeerStreams _peerStreams = new();
    private readonly StreamResetLimiter _load;
    private readonly IdleDeadline _idle;
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource<IQuicStream?> _control = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _quiet = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _active;
    private long _nextId;
    private bool _isLeaving;
    private bool _isOver;

    public Http3Connection(
        IQuicConnection transport,
        ClientConnection client,
        int headLimit,
        IRequestHandler handler,
        DeadlineWatch watch,
        HttpDate date
    )
    {
        (_transport, Client, _headLimit, _handler, _watch, Date) = (transport, client, headLimit, handler, watch, date);
        _load = new StreamResetLimiter(watch);
        _idle = new IdleDeadline(this);
    }

    public ClientConnection Client { get; }

    /// <summary>The Date field.</summary>
    public HttpDate Date { get; }

    /// <summary>
    /// Most bytes of a head. Each site's own limit is checked where the site is known, so that it can be told by a status; this one only
    /// bounds what is read until then.
    /// </summary>
    public int HardHeadLimit => (int)Math.Min((2L * _headLimit) + SmallestHeadLimit, int.MaxValue / 2);

    /// <summary>What the client says of itself.</summary>
    public PeerSettings PeerSettings => _peerStreams.Settings;

    /// <summary>The authority of the last request.</summary>
    public string LastAuthority { get; set; } = "";

    /// <inheritdoc/>
    public async Task RunAsync()
    {
        _watch.Add(_idle);
        _idle.Set(_watch.After(ClientTimeouts.Idle));
        _ = OpenControlAsync();
        try
        {
            while (await _transport.AcceptAsync() is { } stream)
            {
                if (!stream.IsBidirectional)
                {
                    _ = ReadPeerStreamAsync(stream);
                }
                else if (TryBegin(stream))
                {
                    _ = ServeAsync(stream);
                }
                else
                {
                    _ = RejectAsync(stream);
                }
            }
        }
        finally
        {
            _watch.Remove(_idle);
            await _transport.DisposeAsync();
            await EndAsync();
            if (await _control.Task is { } control)
            {
                await control.DisposeAsync();
            }
        }
    }

    /// <summary>Takes no further request (RFC 9114, section 5.2), and ends the connection when those under way are over.</summary>
    public async Task LeaveAsync()
    {
        long firstRefused;
        lock (_lock)
        {
            if (_isLeaving || _isOver)
            {
                return;
            }

            _isLeaving = true;
            firstRefused = _nextId;
            if (_active == 0)
            {
                _quiet.TrySetResult();
            }
        }

        await SendGoAwayAsync(firstRefused);
        await _quiet.Task;
        await Task.Delay(_farewell, _watch.Time);
        await _transport.CloseAsync(ErrorCodes.NoError);
    }

    /// <inheritdoc/>
    public void Cut() => Fail(ErrorCodes.InternalError);

    /// <summary>Ends the connection at once, whatever is under way.</summary>
    public void Fail(long code) => _ = _transport.CloseAsync(code).AsTask();

    private bool TryBegin(IQuicStream stream)
    {
        lock (_lock)
        {
            if (_isLeaving && stream.Id >= _nextId)
            {
                return false;
            }

            _nextId = Math.Max(_nextId, stream.Id + IdStep);
            _active++;
            _idle.Clear();
            return true;
        }
    }

    private void End(bool wasInVain)
    {
        if (!wasInVain)
        {
            _load.AddUseful();
        }
        else if (!_load.TryAddVain())
        {
            Fail(ErrorCodes.ExcessiveLoad);
        }

        lock (_lock)
        {
            if (--_active == 0)
            {
                _idle.Set(_watch.After(ClientTimeouts.Idle));
                if (_isLeaving || _isOver)
                {
                    _quiet.TrySetResult();
                }
            }
        }
    }

    private async Task EndAsync()
    {
        lock (_lock)
        {
            _isOver = true;
            if (_active == 0)
            {
                _quiet.TrySetResult();
            }
        }

        await _quiet.Task;
    }

    private async Task ServeAsync(IQuicStream stream)
    {
        var exchange = new Http3Exchange(this, stream, _watch);
        try
        {
            // A stream that was reset before anybody looked at it costs nobody else a thing.
            int? refusal = await exchange.ReadHeadAsync();
            if (refusal is { } status && !exchange.ClientHasLeft)
            {
                if (status != 0)
                {
                    _handler.NoteRefused(status);
                }

                await (status == 0 ? _handler.HandleAsync(exchange) : RoutelessResponse.RefuseAsync(exchange, status));
            }
        }
        catch (ConnectionFaultException e)
        {
            Fail(e.Code);
        }
        catch (Exception e) when (InputBuffer.IsTransportFault(e))
        {
            exchange.Abort();
        }
        finally
        {
            bool wasInVain = exchange.HasBrokenBody || (!exchange.HasEnded && stream.Abandoned.IsCompleted);
            await exchange.CloseAsync();
            End(wasInVain);
        }
    }

    private static async Task RejectAsync(IQuicStream stream)
    {
        stream.StopReading(ErrorCodes.RequestRejected);
        stream.Reset(ErrorCodes.RequestRejected);
        await stream.DisposeAsync();
    }

    private async Task ReadPeerStreamAsync(IQuicStream stream)
    {
        try
        {
            if (!await _peerStreams.ReadAsync(stream) && !_load.TryAddVain())
            {
                Fail(ErrorCodes.ExcessiveLoad);
            }
        }
        catch (ConnectionFaultException e)
        {
            Fail(e.Code);
        }
        catch (Exception e) when (InputBuffer.IsTransportFault(e))
        {
            // Reset before it said what it is.
        }
        finally
        {
            await stream.DisposeAsync();
        }
    }

    private async Task OpenControlAsync()
    {
        IQuicStream? stream = null;
        try
        {
            stream = await _transport.OpenUnidirectionalAsync();
            var settings = new OutputBuffer();
            Http3Settings.Write(settings, _headLimit + ((long)MessageHead.MostFields * FieldSectionSize.Overhead));
            await stream.WriteAsync(settings.Memory, ends: false);
            settings.Release();
        }
        catch (Exception e) when (InputBuffer.IsTransportFault(e))
        {
            // The connection is over already.
        }
        finally
        {
            _control.TrySetResult(stream);
        }
    }

    private async Task SendGoAwayAsync(long firstRefused)
    {
        // A client that allows no such stream learns from its refused requests.
        await Task.WhenAny(_control.Task, Task.Delay(_farewell, _watch.Time));
        if (!_control.Task.IsCompletedSuccessfully || await _control.Task is not { } control)
        {
            return;
        }

        var frame = new OutputBuffer();
        GoAwayFrame.Write(frame, firstRefused);
        try
        {
            await control.WriteAsync(frame.Memory, ends: false);
        }
        catch (Exception e) when (InputBuffer.IsTransportFault(e))
        {
            // The connection is over already.
        }

        frame.Release();
    }

    private sealed class IdleDeadline(Http3Connection connection) : Deadline
    {
        protected override void Expire() =>
            ThreadPool.UnsafeQueueUserWorkItem(static connection => _ = connection.LeaveAsync(), connection, preferLocal: false);
    }
}
