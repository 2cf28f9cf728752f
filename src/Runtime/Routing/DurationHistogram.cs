namespace Confgen.Runtime.Routing;

/// <summary>Counts durations in buckets. Counting takes some additions without a lock, and allocates nothing.</summary>
internal sealed class DurationHistogram
{
    /// <summary>The upper bounds in seconds: the usual ones of Prometheus' clients.</summary>
    public static readonly double[] Bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    private readonly long[] _buckets = new long[Bounds.Length + 1];
    private long _microseconds;

    /// <summary>The time of all of them, in seconds.</summary>
    public double Seconds => Interlocked.Read(ref _microseconds) / 1e6;

    /// <summary>Counts one.</summary>
    public void Add(TimeSpan took)
    {
        double seconds = took.TotalSeconds;
        int bucket = 0;
        while (bucket < Bounds.Length && seconds > Bounds[bucket])
        {
            bucket++;
        }

        Interlocked.Increment(ref _buckets[bucket]);
        Interlocked.Add(ref _microseconds, (long)took.TotalMicroseconds);
    }

    /// <summary>Those in a bucket, the ones before it not included.</summary>
    public long Bucket(int bucket) => Interlocked.Read(ref _buckets[bucket]);
}
