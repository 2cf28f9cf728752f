namespace Confgen.Runtime.Upstreams;

/// <summary>Counts the failures within a time.</summary>
internal sealed class FailureWindow
{
    private readonly Lock _lock = new();
    private readonly Queue<long> _failures = new();

    /// <summary>Adds a failure; true where they are now as many as allowed, and the count starts anew.</summary>
    public bool Add(long now, long window, int most)
    {
        lock (_lock)
        {
            while (_failures.TryPeek(out long oldest) && now - oldest > window)
            {
                _failures.Dequeue();
            }

            _failures.Enqueue(now);
            if (_failures.Count < most)
            {
                return false;
            }

            _failures.Clear();
            return true;
        }
    }
}
