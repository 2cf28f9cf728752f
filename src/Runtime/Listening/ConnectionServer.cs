using System.Collections.Concurrent;
using System.Net;
using Confgen.Runtime.Exchanges;
using Confgen.Runtime.Http1;
using Confgen.Runtime.Http2;
using Confgen.Runtime.Http2Frames;
using Confgen.Runtime.Messages;
using Confgen.Runtime.Observing;
using Confgen.Runtime.Tls;
using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Listening;

/// <summary>Serves each connection in the protocol that it speaks, and knows all that are open.</summary>
internal sealed class ConnectionServer(
    Pipeline pipeline,
    Http2Server http2,
    DeadlineWatch watch,
    HttpDate date,
    TimeProvider time,
    Metrics metrics
)
{
    // A connection that was closed only has its last lines of log to write.
    private static readonly TimeSpan _longestEnd = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<Connection, Http1Connection?> _open = new();
    private readonly StopSignal _stopping = new();
    private readonly IdleMemoryTrimmer _tide = new();
    private readonly TaskCompletionSource _allGone = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The connections that are open.</summary>
    public int Count => _open.Count;

    /// <summary>Serves one connection to its end.</summary>
    public async Task ServeAsync(Connection wire, ListenPlan plan)
    {
        _open[wire] = null;
        metrics.Accept();
        _tide.Rise();
        try
        {
            // 1. TLS.
            TlsHandshakeResult? greeting = null;
            if (plan.IsTls)
            {
                greeting = pipeline.Table.TlsOf(plan.Key) is { } tls
                    ? await TlsHandshake.RunAsync(wire, tls, ClientTimeouts.Handshake, watch)
                    : null;
                if (greeting is null)
                {
                    return;
                }
            }

            // 2. HTTP/2, where it was agreed on, or where a plain connection begins with its preface (RFC 9113, section 3.3).
            ClientConnection client = Describe(wire, plan, greeting);
            var exchange = new Http1Exchange(wire, client, watch, date, _stopping);
            if (greeting == TlsHandshakeResult.Plain)
            {
                await new Http1Connection(exchange, pipeline, watch, plan.HeadLimit, _stopping).RefuseAsync(400);
                exchange.Close();
                return;
            }

            if (greeting is { IsHttp2: true } || (greeting is null && plan.Http2 && await HasPrefaceAsync(exchange)))
            {
                exchange.Detach();
                await http2.ServeAsync(wire, exchange.Input, client, plan.HeadLimit);
                return;
            }

            // 3. HTTP/1.1.
            var connection = new Http1Connection(exchange, pipeline, watch, plan.HeadLimit, _stopping);
            _open[wire] = connection;
            await connection.RunAsync();
        }
        catch (Exception e) when (InputBuffer.IsTransportFault(e))
        {
            // It was gone before it was served.
        }
        finally
        {
            await LingeringClose.RunAsync(wire, watch);
            wire.ReleaseTls();
            _open.TryRemove(wire, out _);
            _tide.Fall();
            if (_stopping.IsSet && _open.IsEmpty)
            {
                _allGone.TrySetResult();
            }
        }
    }

    /// <summary>Closes idle connections, and lets the others finish what they do for at most a time.</summary>
    /// <param name="drain">The time.</param>
    /// <param name="closesIdle">Whether idle connections are closed at once, or when the time is over: see
    /// <see cref="StopSignal.ClosesIdle"/>.</param>
    public async Task StopAsync(TimeSpan drain, bool closesIdle)
    {
        _stopping.Set(closesIdle);
        long started = time.GetTimestamp();
        using var limit = new CancellationTokenSource(drain, time);
        Task http2Stop = http2.StopAsync(limit.Token);
        while (!_open.IsEmpty && time.GetElapsedTime(started) < drain)
        {
            if (closesIdle)
            {
                CloseIdle();
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10), time);
        }

        CloseIdle();
        foreach (Connection wire in _open.Keys)
        {
            if (wire.IsLingering)
            {
                // Its last response is whole, and the system delivers what the client hasn't read yet.
                wire.ShutDown();
            }
            else
            {
                wire.Dispose();
            }
        }

        await http2Stop;

        // What was answered is logged, too.
        if (!_open.IsEmpty)
        {
            await _allGone.Task.WaitAsync(_longestEnd).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void CloseIdle()
    {
        foreach (Http1Connection? connection in _open.Values)
        {
            connection?.CloseIfIdle();
        }
    }

    private static async ValueTask<bool> HasPrefaceAsync(Http1Exchange exchange)
    {
        exchange.ReadDeadline.Set(exchange.HeadDue);
        while (true)
        {
            int length = Math.Min(exchange.Input.Available.Length, Preface.Bytes.Length);
            if (!exchange.Input.Span[..length].SequenceEqual(Preface.Bytes[..length]))
            {
                return false;
            }

            if (length == Preface.Bytes.Length || !await exchange.Input.FillAsync())
            {
                return length == Preface.Bytes.Length;
            }
        }
    }

    private static ClientConnection Describe(Connection wire, ListenPlan plan, TlsHandshakeResult? greeting)
    {
        (IPAddress peer, int port) = wire.Socket.RemoteEndPoint is IPEndPoint ip
            ? (ip.Address.IsIPv4MappedToIPv6 ? ip.Address.MapToIPv4() : ip.Address, ip.Port)
            : (IPAddress.Loopback, 0);
        if (port != 0)
        {
            wire.Socket.NoDelay = true;
        }

        return new ClientConnection
        {
            Peer = peer,
            PeerPort = port,
            PeerText = port == 0 ? "" : peer.ToString(),
            Listener = plan.Key,
            Port = plan.Port,
            IsUnix = port == 0,
            IsTls = wire.IsTls,
            ServerName = greeting?.ServerName,
            TlsSite = greeting?.Site,
        };
    }
}
