namespace Confgen.Runtime.Listening;

/// <summary>
/// Gives the memory of a flood of connections back when it is over. The collector alone would keep it for the next one, hours later
/// perhaps: 10,000 idle connections left 120 MB behind, 8 such waves 340 MB (<c>bench/serve/idle.sh</c>).
/// </summary>
internal sealed class IdleMemoryTrimmer
{
    // Fewer connections leave nothing behind that is worth a pause.
    private const int High = 1000;

    private int _open;
    private int _most;

    /// <summary>A connection began.</summary>
    public void Rise()
    {
        int open = Interlocked.Increment(ref _open);
        int most = Volatile.Read(ref _most);
        while (open > most)
        {
            int seen = Interlocked.CompareExchange(ref _most, open, most);
            most = seen == most ? open : seen;
        }
    }

    /// <summary>A connection ended.</summary>
    public void Fall()
    {
        int open = Interlocked.Decrement(ref _open);
        int most = Volatile.Read(ref _most);
        if (most >= High && open < most / 8 && Interlocked.CompareExchange(ref _most, open, most) == most)
        {
            ThreadPool.UnsafeQueueUserWorkItem(
                static _ => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true),
                state: default(object),
                preferLocal: false
            );
        }
    }
}
