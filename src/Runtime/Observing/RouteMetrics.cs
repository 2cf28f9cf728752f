namespace Confgen.Runtime.Observing;

/// <summary>The counts of a route. Counting takes some additions without a lock, and allocates nothing.</summary>
internal sealed class RouteMetrics
{
    /// <summary>The upper bounds of the histogram, in seconds: the usual ones of Prometheus' clients.</summary>
    public static readonly double[] Bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    private const int Classes = 6;

    private readonly long[] _byClass = new long[Classes];
    private readonly long[] _buckets = new long[Bounds.Length + 1];
    private long _microseconds;

    /// <summary>Counts an answered request; status 0 where the client left before its answer.</summary>
    public void Add(int status, TimeSpan took)
    {
        Interlocked.Increment(ref _byClass[status is >= 100 and < 600 ? status / 100 : 0]);

        // How long somebody stays on an upgraded connection says nothing of the upstream's speed.
        if (status == 101)
        {
            return;
        }

        double seconds = took.TotalSeconds;
        int bucket = 0;
        while (bucket < Bounds.Length && seconds > Bounds[bucket])
        {
            bucket++;
        }

        Interlocked.Increment(ref _buckets[bucket]);
        Interlocked.Add(ref _microseconds, (long)took.TotalMicroseconds);
    }

    /// <summary>The number of answers of a class: 1 for 1xx, and 0 for those that nobody waited for.</summary>
    public long Count(int statusClass) => Interlocked.Read(ref _byClass[statusClass]);

    /// <summary>The requests in a bucket, those of the ones before it not included.</summary>
    public long Bucket(int bucket) => Interlocked.Read(ref _buckets[bucket]);

    /// <summary>The time of all of them.</summary>
    public double Seconds => Interlocked.Read(ref _microseconds) / 1e6;
}
