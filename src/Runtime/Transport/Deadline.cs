namespace Confgen.Runtime.Transport;

/// <summary>A wait that must not last forever. Setting it costs one write: the watch looks at all of them a few times a second.</summary>
internal abstract class Deadline
{
    private long _due = long.MaxValue;

    /// <summary>Its place in the watch's list, or -1.</summary>
    internal int Slot { get; set; } = -1;

    /// <summary>Starts the wait, or starts it anew.</summary>
    public void Set(long due) => Volatile.Write(ref _due, due);

    /// <summary>Ends the wait.</summary>
    public void Clear() => Volatile.Write(ref _due, long.MaxValue);

    /// <summary>Calls <see cref="Expire"/> if the wait is over.</summary>
    public void Check(long now)
    {
        long due = Volatile.Read(ref _due);
        if (due <= now && Interlocked.CompareExchange(ref _due, long.MaxValue, due) == due)
        {
            Expire();
        }
    }

    /// <summary>The wait was too long. Called on the watch's thread: it may close a connection, and nothing slower.</summary>
    protected abstract void Expire();
}
