using System.Runtime.InteropServices;

namespace Confgen.Runtime.Transport;

/// <summary>
/// Ends the waits that last too long. One timer for all of them: a timer for each wait would cost more than the rest of a request.
/// </summary>
internal sealed class DeadlineWatch : IDisposable
{
    /// <summary>How exact a time-out is.</summary>
    public static readonly TimeSpan Resolution = TimeSpan.FromMilliseconds(50);

    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly Lock _lock = new();
    private readonly List<Deadline> _deadlines = [];
    private Deadline[] _seen = [];
    private int _ticking;

    public DeadlineWatch(TimeProvider time)
    {
        _time = time;
        _timer = time.CreateTimer(static watch => (watch as DeadlineWatch)?.Tick(), this, Resolution, Resolution);
    }

    /// <summary>The clock that waits are measured by.</summary>
    public TimeProvider Time => _time;

    /// <summary>Milliseconds of a clock that is never set back.</summary>
    public long Now => _time.GetTimestamp() / (_time.TimestampFrequency / 1000);

    /// <summary>The same clock, finer.</summary>
    public long Microseconds => (long)(_time.GetTimestamp() * (1_000_000.0 / _time.TimestampFrequency));

    /// <summary>When a wait that starts now is over; never for an endless one.</summary>
    public long After(TimeSpan wait) => wait == Timeout.InfiniteTimeSpan ? long.MaxValue : Now + (long)wait.TotalMilliseconds;

    /// <summary>Watches it from now on, if it doesn't yet.</summary>
    public void Add(Deadline deadline)
    {
        lock (_lock)
        {
            if (deadline.Slot >= 0)
            {
                return;
            }

            deadline.Slot = _deadlines.Count;
            _deadlines.Add(deadline);
        }
    }

    /// <summary>Watches it no longer.</summary>
    public void Remove(Deadline deadline)
    {
        lock (_lock)
        {
            if (deadline.Slot >= 0)
            {
                Deadline last = _deadlines[^1];
                _deadlines[deadline.Slot] = last;
                last.Slot = deadline.Slot;
                _deadlines.RemoveAt(_deadlines.Count - 1);
                deadline.Slot = -1;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private void Tick()
    {
        if (Interlocked.Exchange(ref _ticking, 1) != 0)
        {
            return;
        }

        int count;
        lock (_lock)
        {
            count = _deadlines.Count;
            if (_seen.Length < count)
            {
                _seen = new Deadline[count * 2];
            }

            CollectionsMarshal.AsSpan(_deadlines).CopyTo(_seen);
        }

        long now = Now;
        for (int i = 0; i < count; i++)
        {
            _seen[i].Check(now);
        }

        Array.Clear(_seen, 0, count);
        Volatile.Write(ref _ticking, 0);
    }
}
