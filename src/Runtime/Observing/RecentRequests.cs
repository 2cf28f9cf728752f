namespace Confgen.Runtime.Observing;

/// <summary>
/// The last requests, and apart from them the last that an upstream failed, for the operator's page. Nothing is kept until it is opened.
/// </summary>
internal sealed class RecentRequests(TimeProvider time)
{
    private const int Kept = 50;

    private readonly Lock _lock = new();
    private readonly Queue<(DateTimeOffset At, ServedRequest Request)> _all = new(Kept);
    private readonly Queue<(DateTimeOffset At, ServedRequest Request)> _failed = new(Kept);
    private volatile bool _isOpen;

    /// <summary>Whether requests are kept.</summary>
    public bool IsOpen => _isOpen;

    /// <summary>The last requests, the newest first.</summary>
    public IReadOnlyList<(DateTimeOffset At, ServedRequest Request)> All => NewestFirst(_all);

    /// <summary>The last requests that got 5xx or that an upstream failed, the newest first.</summary>
    public IReadOnlyList<(DateTimeOffset At, ServedRequest Request)> Failed => NewestFirst(_failed);

    /// <summary>Keeps requests from now on.</summary>
    public void Open() => _isOpen = true;

    /// <summary>Keeps a request that is over, in place of the oldest one.</summary>
    public void Add(ServedRequest request)
    {
        DateTimeOffset now = time.GetUtcNow();
        lock (_lock)
        {
            Add(_all, (now, request));
            if (request.Status >= 500 || request.Error is not null)
            {
                Add(_failed, (now, request));
            }
        }
    }

    private static void Add(Queue<(DateTimeOffset, ServedRequest)> queue, (DateTimeOffset, ServedRequest) one)
    {
        if (queue.Count == Kept)
        {
            queue.Dequeue();
        }

        queue.Enqueue(one);
    }

    private (DateTimeOffset At, ServedRequest Request)[] NewestFirst(Queue<(DateTimeOffset, ServedRequest)> queue)
    {
        lock (_lock)
        {
            return [.. queue.Reverse()];
        }
    }
}
