namespace Confgen.Conformance.Tests.Running;

/// <summary>A count that grows, and that others wait for.</summary>
internal sealed class Progress
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _value = -1;

    public void Reach(long value)
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            _value = Math.Max(_value, value);
            changed = _changed;
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        changed.TrySetResult();
    }

    public async Task WaitForAsync(long value, CancellationToken stop)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (_value >= value)
                {
                    return;
                }

                changed = _changed.Task;
            }

            await changed.WaitAsync(stop);
        }
    }
}
