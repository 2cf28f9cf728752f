namespace Confgen.Runtime.Upstreams;

/// <summary>How often each cause was seen.</summary>
internal sealed class ErrorCounts
{
    private readonly long[] _counts = new long[UpstreamError.All.Count];

    /// <summary>Counts an error.</summary>
    public void Add(UpstreamError error) => Interlocked.Increment(ref _counts[error.Index]);

    /// <summary>How often a cause was seen.</summary>
    public long Of(UpstreamError cause) => Interlocked.Read(ref _counts[cause.Index]);
}
