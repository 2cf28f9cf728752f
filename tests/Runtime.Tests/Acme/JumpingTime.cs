namespace Confgen.Runtime.Tests.Acme;

/// <summary>The system's clock, whose date a test sets; waits take their time.</summary>
internal sealed class JumpingTime : TimeProvider
{
    private long _offset;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UtcNow + TimeSpan.FromTicks(Interlocked.Read(ref _offset));

    public void Jump(TimeSpan by) => Interlocked.Add(ref _offset, by.Ticks);
}
