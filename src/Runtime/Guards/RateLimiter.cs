using System.Collections.Concurrent;
using Confgen.Model.Guards;
using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Guards;

/// <summary>
/// The leaky bucket of one route, by key: each request moves the key's time of the next due one, and is refused where that lies more than
/// <c>burst</c> intervals ahead (the virtual scheduling form of ITU-T I.371).
/// </summary>
internal sealed class RateLimiter(RateLimit config, DeadlineWatch watch)
{
    // Keys that are due are forgotten when there are so many: an attacker with many addresses costs some megabytes, no more.
    private const int MostKeys = 100_000;

    // In microseconds: a million requests a second are still told apart.
    private readonly long _interval = Math.Max(1, config.Rate.Interval.Ticks / (TimeSpan.TicksPerMillisecond / 1000));
    private readonly ConcurrentDictionary<string, long> _due = new(StringComparer.Ordinal);
    private int _sweeping;

    /// <summary>Whether the key may have one more request now.</summary>
    public bool TryPass(string key)
    {
        long now = watch.Microseconds;
        while (true)
        {
            if (!_due.TryGetValue(key, out long due))
            {
                if (_due.TryAdd(key, now + _interval))
                {
                    Sweep(now);
                    return true;
                }
            }
            else
            {
                long start = Math.Max(due, now);
                if (start - now > _interval * config.Burst)
                {
                    return false;
                }

                if (_due.TryUpdate(key, start + _interval, due))
                {
                    return true;
                }
            }
        }
    }

    private void Sweep(long now)
    {
        if (_due.Count > MostKeys && Interlocked.Exchange(ref _sweeping, 1) == 0)
        {
            foreach ((string key, long due) in _due)
            {
                if (due <= now)
                {
                    _due.TryRemove(new KeyValuePair<string, long>(key, due));
                }
            }

            if (_due.Count > MostKeys * 2)
            {
                _due.Clear();
            }

            Volatile.Write(ref _sweeping, 0);
        }
    }
}
