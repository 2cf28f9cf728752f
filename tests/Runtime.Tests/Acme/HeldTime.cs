namespace Confgen.Runtime.Tests.Acme;

/// <summary>The system's clock, on which a wait of one length ends when a test says so.</summary>
internal sealed class HeldTime(TimeSpan held) : TimeProvider
{
    private ITimer? _timer;

    /// <summary>Whether somebody waits that long.</summary>
    public bool IsAwaited => Volatile.Read(ref _timer) is not null;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime != held)
        {
            return base.CreateTimer(callback, state, dueTime, period);
        }

        ITimer timer = base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, period);
        Volatile.Write(ref _timer, timer);
        return timer;
    }

    public void End() => Volatile.Read(ref _timer)?.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
}
