using System.Collections.Concurrent;
using Confgen.Runtime.Exchanges;
using Confgen.Runtime.Messages;
using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Http2;

/// <summary>Serves connections of HTTP/2, and knows all that are open.</summary>
internal sealed class Http2Server(IRequestHandler handler, DeadlineWatch watch, HttpDate date)
{
    // A connection that was closed only has its last lines of log to write.
    private static readonly TimeSpan _longestEnd = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<Http2Connection, Task> _open = new();
    private volatile bool _isStopping;

    /// <summary>Serves one connection to its end.</summary>
    /// <param name="transport">The connection, its TLS handshake done.</param>
    /// <param name="input">What was received of it, and whatever follows.</param>
    /// <param name="client">Who is at its other end.</param>
    /// <param name="headLimit">The largest head that any site of its listener takes.</param>
    public async Task ServeAsync(Connection transport, InputBuffer input, ClientConnection client, int headLimit)
    {
        var connection = new Http2Connection(transport, input, client, headLimit, handler, watch, date);
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

    /// <summary>Takes no further request and lets those under way finish until the time is over.</summary>
    public async Task StopAsync(CancellationToken limit)
    {
        _isStopping = true;
        foreach (Http2Connection connection in _open.Keys)
        {
            _ = connection.LeaveAsync();
        }

        await Task.WhenAll(_open.Values).WaitAsync(limit).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (Http2Connection connection in _open.Keys)
        {
            // What was cut must not look whole.
            connection.Abort();
        }

        // What was answered is logged, too.
        await Task.WhenAll(_open.Values).WaitAsync(_longestEnd, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
