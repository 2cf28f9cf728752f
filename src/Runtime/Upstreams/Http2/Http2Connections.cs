using Confgen.Model.Units;
using Confgen.Model.Upstreams;
using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Upstreams.Http2;

/// <summary>
/// The connections to a server that speaks HTTP/2. There is a second one only while the first has as many streams as the server allows.
/// </summary>
internal sealed class Http2Connections(ServerState server, Upstream config, IConnectionSource source, DeadlineWatch watch)
{
    // What a server may send on a stream before it is read: RFC 9113's own at least; the usual one fills 2 Gbit/s at 1 ms.
    private const int SmallestWindow = 65_535;
    private const int UsualWindow = 256 * 1024;
    private const int LargestWindow = 16 * 1024 * 1024;

    private readonly Lock _lock = new();
    private readonly List<Http2UpstreamConnection> _open = [];
    private Task<(Http2UpstreamConnection? Connection, UpstreamError? Error)>? _opening;
    private bool _isOver;

    /// <summary>An exchange on a connection that has room for one, or on a new connection.</summary>
    public async ValueTask<OpenedExchange> OpenAsync(TimeSpan timeout, Reuse reuse)
    {
        if (reuse != Reuse.None && TryKept(reuse == Reuse.Proven) is { } kept)
        {
            return new OpenedExchange(kept, null);
        }

        while (true)
        {
            // However many requests wait, one connection is made.
            Task<(Http2UpstreamConnection? Connection, UpstreamError? Error)> opening;
            lock (_lock)
            {
                opening = _opening ??= Task.Run(() => OpenConnectionAsync(timeout));
            }

            try
            {
                (Http2UpstreamConnection? connection, UpstreamError? error) = await opening.WaitAsync(timeout, watch.Time);
                if (connection is null)
                {
                    return new OpenedExchange(null, error);
                }

                if (connection.TryReserve(isProven: false, out bool isReused))
                {
                    return new OpenedExchange(Exchange(connection, isReused), null);
                }
            }
            catch (TimeoutException)
            {
                return new OpenedExchange(null, UpstreamError.ConnectTimedOut);
            }

            // Others were faster, and it is full.
        }
    }

    /// <summary>Closes the connections that were idle for too long, and those to an address that the server has no more.</summary>
    public void Sweep(long now)
    {
        TimeSpan timeout = (config.Keepalive ?? new UpstreamKeepalive()).Timeout;
        RetireWhere(c =>
            c.IsClosing || !source.IsCurrent(server, c.EndPoint) || (c.IsIdle && now - c.IdleSince >= (long)timeout.TotalMilliseconds)
        );
    }

    /// <summary>Closes all of them when their exchanges have ended.</summary>
    public void End()
    {
        lock (_lock)
        {
            _isOver = true;
        }

        RetireWhere(static _ => true);
    }

    private Http2UpstreamExchange? TryKept(bool isProven)
    {
        Http2UpstreamConnection[] open;
        lock (_lock)
        {
            open = [.. _open];
        }

        foreach (Http2UpstreamConnection connection in open)
        {
            if (source.IsCurrent(server, connection.EndPoint) && connection.TryReserve(isProven, out bool isReused))
            {
                return Exchange(connection, isReused);
            }
        }

        return null;
    }

    private async Task<(Http2UpstreamConnection? Connection, UpstreamError? Error)> OpenConnectionAsync(TimeSpan timeout)
    {
        try
        {
            OpenedConnection opened = await source.OpenAsync(server, isHttp2: true, timeout);
            if (opened.Connection is null)
            {
                return (null, opened.Error);
            }

            int window = (int)Math.Clamp(config.Buffers?.Read ?? UsualWindow, SmallestWindow, LargestWindow);
            var connection = new Http2UpstreamConnection(opened.Connection, opened.EndPoint, watch, window);
            if (await ReadyAsync(connection, timeout) is { } error)
            {
                connection.Retire();
                return (null, error);
            }

            lock (_lock)
            {
                _open.RemoveAll(c => c.IsClosing);
                _open.Add(connection);
                if (_isOver)
                {
                    connection.Retire();
                }
            }

            return (connection, null);
        }
        finally
        {
            lock (_lock)
            {
                _opening = null;
            }
        }
    }

    private async Task<UpstreamError?> ReadyAsync(Http2UpstreamConnection connection, TimeSpan timeout)
    {
        try
        {
            return await connection.Ready.WaitAsync(timeout, watch.Time);
        }
        catch (TimeoutException)
        {
            return UpstreamError.ConnectTimedOut;
        }
    }

    private void RetireWhere(Predicate<Http2UpstreamConnection> isOld)
    {
        List<Http2UpstreamConnection> old;
        lock (_lock)
        {
            old = _open.FindAll(isOld);
            _open.RemoveAll(old.Contains);
        }

        old.ForEach(c => c.Retire());
    }

    private Http2UpstreamExchange Exchange(Http2UpstreamConnection connection, bool isReused) =>
        new(server, connection, server.Address.Scheme == ServerScheme.Https ? "https" : "http", isReused, watch);
}
