using Confgen.Runtime.Exchanges;

namespace Confgen.Runtime.Routing;

/// <summary>The counts of a route. Counting takes some additions without a lock, and allocates nothing.</summary>
internal sealed class RouteMetrics
{
    private const int Classes = 6;

    private readonly long[] _byClass = new long[Classes];
    private long _bytesIn;
    private long _bytesOut;
    private long _streams;

    /// <summary>From the end of a request's head to the end of its response; streams left out.</summary>
    public DurationHistogram Durations { get; } = new();

    /// <summary>From the end of a request's head to the head of its response.</summary>
    public DurationHistogram FirstBytes { get; } = new();

    /// <summary>Bytes of request bodies.</summary>
    public long BytesIn => Interlocked.Read(ref _bytesIn);

    /// <summary>Bytes of response bodies.</summary>
    public long BytesOut => Interlocked.Read(ref _bytesOut);

    /// <summary>Event streams and upgraded connections.</summary>
    public long Streams => Interlocked.Read(ref _streams);

    /// <summary>Requests that are over.</summary>
    public long Total => Enumerable.Range(0, Classes).Sum(ByClass);

    /// <summary>Counts a request that was refused without a route.</summary>
    public void AddRefused(int status) => Count(status);

    /// <summary>Counts a request that is over; one without a status is one whose client left before its response.</summary>
    public void Add(Exchange exchange, TimeSpan took)
    {
        Count(exchange.SentStatus);
        Interlocked.Add(ref _bytesIn, exchange.BytesIn);
        Interlocked.Add(ref _bytesOut, exchange.BytesOut);
        if (exchange.TimeToFirstByte is { } first)
        {
            FirstBytes.Add(first);
        }

        // How long somebody stays on a stream says nothing of the upstream's speed.
        if (exchange.IsStream)
        {
            Interlocked.Increment(ref _streams);
        }
        else
        {
            Durations.Add(took);
        }
    }

    /// <summary>The number of responses of a class: 1 for 1xx, and 0 for those that nobody waited for.</summary>
    public long ByClass(int statusClass) => Interlocked.Read(ref _byClass[statusClass]);

    private void Count(int status) => Interlocked.Increment(ref _byClass[status is >= 100 and < 600 ? status / 100 : 0]);
}
