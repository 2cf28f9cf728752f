namespace Confgen.Cli;

/// <summary>
/// Ends the process some time after it was asked to end, where it doesn't end by itself: whatever a verb waits for, as standard input that
/// never comes, no second signal is needed. What is being written then is whole, old or new, because files are replaced by rename.
/// </summary>
internal sealed class EndDeadline(Action<int> exit)
{
    private static readonly TimeSpan _usual = TimeSpan.FromSeconds(1.5);

    private TimeSpan _patience = _usual;
    private int _begun;

    /// <summary>Gives a verb more time than the usual 1.5 s, as for requests under way.</summary>
    public void Extend(TimeSpan patience) => _patience = patience + _usual;

    /// <summary>Begins to count; later calls change nothing.</summary>
    public void Begin()
    {
        if (Interlocked.Exchange(ref _begun, 1) == 0)
        {
            // A thread of its own: those of the pool may be the ones that wait.
            new Thread(End) { IsBackground = true, Name = "end" }.Start();
        }
    }

    private void End()
    {
        // Longer than a thread can sleep is for ever.
        Thread.Sleep(_patience.TotalMilliseconds < int.MaxValue ? _patience : Timeout.InfiniteTimeSpan);
        exit(ExitCode.Interrupted);
    }
}
