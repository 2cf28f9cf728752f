using System.Collections.Concurrent;

namespace Confgen.Runtime.Transport;

/// <summary>The open connections of a protocol, and how all of them end.</summary>
internal sealed class ConnectionSet<T>
    where T : class, IServedConnection
{
    // A connection that was closed only has its last lines of log to write.
    private static readonly TimeSpan _longestEnd = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<T, Task> _open = new();
    private volatile bool _isStopping;

    /// <summary>How many are open.</summary>
    public int Count => _open.Count;

    /// <summary>Serves a connection to its end.</summary>
    public async Task ServeAsync(T connection)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _open[connection] = ended.Task;
        try
        {
            // What the protocol begins with goes before the word that nothing more is taken.
            Task running = connection.RunAsync();
            if (_isStopping)
            {
                _ = connection.LeaveAsync();
            }

            await running;
        }
        finally
        {
            _open.TryRemove(connection, out _);
            ended.TrySetResult();
        }
    }

    /// <summary>Takes no further request on some connections.</summary>
    public void LeaveWhere(Predicate<T> isLeft)
    {
        foreach (T connection in _open.Keys.Where(c => isLeft(c)))
        {
            _ = connection.LeaveAsync();
        }
    }

    /// <summary>Takes no further request and lets those under way finish until the time is over.</summary>
    public async Task StopAsync(CancellationToken limit)
    {
        _isStopping = true;
        LeaveWhere(static _ => true);
        await Task.WhenAll(_open.Values).WaitAsync(limit).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (T connection in _open.Keys)
        {
            connection.Cut();
        }

        // What was answered is logged, too.
        await Task.WhenAll(_open.Values)
            .WaitAsync(_longestEnd, CancellationToken.None)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
