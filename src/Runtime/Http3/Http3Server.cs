using System.Collections.Concurrent;
using Confgen.Runtime.Exchanges;
using Confgen.Runtime.Http3.Quic;
using Confgen.Runtime.Messages;
using Confgen.Runtime.Observing;
using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Http3;

/// <summary>Serves connections of HTTP/3, and knows all that are open.</summary>
internal sealed class Http3Server(IRequestHandler handler, DeadlineWatch watch, HttpDate date, Metrics metrics)
{
    // A connection that was closed only has its last lines of log to write.
    private static readonly TimeSpan _longestEnd = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<Http3Connection, Task> _open = new();
    private volatile bool _isStopping;

    /// <summary>The connections that are open.</summary>
    public int Count => _open.Count;

    /// <summary>Serves one connection to its end.</summary>
    /// <param name="transport">The connection, its handshake done.</param>
    /// <param name="client">Who is at its other end.</param>
    /// <param name="headLimit">The largest head that any site of its listener takes.</param>
    public async Task ServeAsync(IQuicConnection transport, ClientConnection client, int headLimit)
    {
        metrics.Accept();
        var connection = new Http3Connection(transport, client, headLimit, handler, watch, date);
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _open[connection] = ended.Task;
        try
        {
            if (_isStopping)
            {
                _ = connection.LeaveAsync();
            }

            await connection.RunAsync();
        }
        finally
        {
            _open.TryRemove(connection, out _);
            ended.TrySetResult();
        }
    }

    /// <summary>Takes no further request on the connections of a listener.</summary>
    public void Leave(string listener)
    {
        foreach (Http3Connection connection in _open.Keys.Where(c => c.Client.Listener == listener))
        {
            _ = connection.LeaveAsync();
        }
    }

    /// <summary>Takes no further request and lets those under way finish until the time is over.</summary>
    public async Task StopAsync(CancellationToken limit)
    {
        _isStopping = true;
        foreach (Http3Connection connection in _open.Keys)
        {
            _ = connection.LeaveAsync();
        }

        Task all = Task.WhenAll(_open.Values);
        await all.WaitAsync(limit).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (Http3Connection connection in _open.Keys)
        {
            // What was cut must not look whole.
            connection.Fail(ErrorCodes.InternalError);
        }

        // What was answered is logged, too.
        await Task.WhenAll(_open.Values).WaitAsync(_longestEnd, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
