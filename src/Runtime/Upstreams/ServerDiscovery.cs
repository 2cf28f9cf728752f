using Confgen.Model.Upstreams;
using Confgen.Runtime.Resolving;

namespace Confgen.Runtime.Upstreams;

/// <summary>Keeps the servers of an upstream as its SRV records say. While no DNS server answers, those known before stay.</summary>
internal sealed class ServerDiscovery(UpstreamState upstream, SrvDiscovery config, ProxyOptions options) : IDisposable
{
    private static readonly TimeSpan _firstPause = TimeSpan.FromSeconds(1);

    private readonly NameResolver _resolver = new(options);
    private readonly CancellationTokenSource _ending = new();
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string _told = "";

    /// <summary>Whether the first answer is still awaited.</summary>
    public bool IsAwaited => !_first.Task.IsCompleted;

    /// <summary>Begins to ask.</summary>
    public void Start() => _ = RunAsync();

    /// <summary>Waits until the first question was answered, or remained without an answer, or the time is over.</summary>
    public async ValueTask FirstAsync(TimeSpan limit)
    {
        try
        {
            await _first.Task.WaitAsync(limit, options.Time);
        }
        catch (TimeoutException)
        {
            // Then there are no servers yet.
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _ending.Cancel();
        _first.TrySetResult();
        _ending.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            CancellationToken ending = _ending.Token;
            TimeSpan pause = _firstPause;
            while (true)
            {
                Resolved<SrvRecord>? found = await _resolver.ServicesAsync(config.Name, ending);
                if (found is not null)
                {
                    IReadOnlyList<DiscoveredServer> servers = DiscoveredServer.Of(found.Values);
                    upstream.Take(servers);
                    if (servers.Count > 0)
                    {
                        Tell($"servers by {config.Name}: {string.Join(", ", servers)}", options.Notice);
                    }
                    else
                    {
                        Tell($"there are no servers by {config.Name}", options.Warn);
                    }
                }
                else
                {
                    Tell($"no DNS server responds for {config.Name}", options.Warn);
                }

                _first.TrySetResult();
                bool isGood = found is { Values.Count: > 0 };
                await Task.Delay(isGood || pause > config.Refresh ? config.Refresh : pause, options.Time, ending);
                pause =
                    isGood ? _firstPause
                    : pause * 2 < config.Refresh ? pause * 2
                    : config.Refresh;
            }
        }
        catch (OperationCanceledException)
        {
            // The upstream is gone.
        }
    }

    private void Tell(string what, Action<string> to)
    {
        if (what != _told)
        {
            _told = what;
            to($"upstream {upstream.Config.Name}: {what}");
        }
    }
}
