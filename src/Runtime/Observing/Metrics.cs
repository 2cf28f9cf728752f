using System.Collections.Immutable;
using Confgen.Runtime.Routing;

namespace Confgen.Runtime.Observing;

/// <summary>What is counted while the proxy runs. A route's counts outlive reloads that keep its site's hosts and its path.</summary>
internal sealed class Metrics(TimeProvider time)
{
    private readonly RouteMetrics _refused = new();
    private Dictionary<(string Site, string Route), RouteMetrics> _routes = [];
    private long _inFlight;
    private long _streams;
    private long _accepted;
    private long _goodReloads;
    private long _badReloads;
    private ImmutableArray<Reload> _reloads = [];

    /// <summary>When counting began.</summary>
    public DateTimeOffset Since { get; } = time.GetUtcNow();

    /// <summary>When the spec that is served was taken; null before the first.</summary>
    public DateTimeOffset? LoadedAt { get; private set; }

    /// <summary>Whether the last spec could be served.</summary>
    public bool IsLastGood { get; private set; }

    /// <summary>The routes that are served, with their counts.</summary>
    public IReadOnlyDictionary<(string Site, string Route), RouteMetrics> Routes => Volatile.Read(ref _routes);

    /// <summary>Requests that no route was found for.</summary>
    public RouteMetrics Refused => _refused;

    /// <summary>Requests under way, streams left out.</summary>
    public long InFlight => Interlocked.Read(ref _inFlight);

    /// <summary>Event streams and upgraded connections that are open.</summary>
    public long OpenStreams => Interlocked.Read(ref _streams);

    /// <summary>Connections that were accepted.</summary>
    public long Accepted => Interlocked.Read(ref _accepted);

    /// <summary>Specs that were taken, the first included.</summary>
    public long GoodReloads => Interlocked.Read(ref _goodReloads);

    /// <summary>Specs that changed nothing, because they were wrong.</summary>
    public long BadReloads => Interlocked.Read(ref _badReloads);

    /// <summary>The last reloads, the newest first; the first spec is one of them.</summary>
    public ImmutableArray<Reload> Reloads => _reloads;

    /// <summary>A connection was accepted.</summary>
    public void Accept() => Interlocked.Increment(ref _accepted);

    /// <summary>A request begins.</summary>
    public void Begin() => Interlocked.Increment(ref _inFlight);

    /// <summary>A request turns out to be a stream.</summary>
    public void BecomeStream()
    {
        Interlocked.Increment(ref _streams);
        Interlocked.Decrement(ref _inFlight);
    }

    /// <summary>A request ends.</summary>
    public void End(bool isStream) => Interlocked.Decrement(ref isStream ? ref _streams : ref _inFlight);

    /// <summary>A spec could not be served.</summary>
    /// <param name="why">What is wrong with it.</param>
    public void NoteBadReload(string why)
    {
        Note(why);
        IsLastGood = false;
        Interlocked.Increment(ref _badReloads);
    }

    /// <summary>Another table is served from now on: gives its routes the counts that they had.</summary>
    public void TakeOver(RoutingTable table)
    {
        var routes = new Dictionary<(string, string), RouteMetrics>();
        foreach (SiteModel site in table.Sites)
        {
            foreach (RouteModel route in site.Routes)
            {
                (string, string) key = (string.Join(',', site.Config.Hosts), route.Config.Path.ToString());
                if (!routes.TryGetValue(key, out RouteMetrics? counts))
                {
                    routes.Add(key, counts = _routes.GetValueOrDefault(key) ?? new RouteMetrics());
                }

                route.Metrics = counts;
            }

            site.NoRoute.Metrics = Refused;
        }

        Volatile.Write(ref _routes, routes);
        (LoadedAt, IsLastGood) = (time.GetUtcNow(), true);
        Interlocked.Increment(ref _goodReloads);
        Note(null);
    }

    private void Note(string? fault)
    {
        const int Kept = 20;
        var reload = new Reload(time.GetUtcNow(), fault);
        ImmutableInterlocked.Update(ref _reloads, (all, one) => [one, .. all.Take(Kept - 1)], reload);
    }
}
