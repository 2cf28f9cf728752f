namespace Confgen.Runtime.Http2Frames;

/// <summary>
/// Whether a small message is sent by itself. A send costs as much as all else that is done for it, so it waits (1) while the calling
/// thread holds what is sent, for at most a millisecond, (2) for a thread of the pool, until which others may have come. Where none has,
/// the next ones are sent at once, since a wait costs a change of threads. Whoever uses it holds the connection's lock.
/// </summary>
internal sealed class SendPacing(TimeProvider time)
{
    // How many messages are sent at once after one has waited in vain.
    private const int DirectAfterVain = 16;

    private static readonly TimeSpan _longestHold = TimeSpan.FromMilliseconds(1);

    private int _holder;
    private long _heldSince;
    private bool _isWaiting;
    private bool _hasCompany;
    private int _direct;

    /// <summary>The calling thread sends by itself when it has written everything.</summary>
    public void Hold() => (_holder, _heldSince) = (Environment.CurrentManagedThreadId, time.GetTimestamp());

    /// <summary>Ends that.</summary>
    public void Release() => _holder = 0;

    /// <summary>Whether the message that was written waits; what it waits for sends it.</summary>
    /// <param name="isFirst">Whether the wait for a thread begins with it: the caller asks for one, which calls
    /// <see cref="EndWait"/>.</param>
    public bool Waits(out bool isFirst)
    {
        isFirst = false;
        if (_isWaiting)
        {
            _hasCompany = true;
            return true;
        }

        if (_holder == Environment.CurrentManagedThreadId && time.GetElapsedTime(_heldSince) < _longestHold)
        {
            return true;
        }

        if (_direct > 0)
        {
            _direct--;
            return false;
        }

        (_isWaiting, _hasCompany, isFirst) = (true, false, true);
        return true;
    }

    /// <summary>The thread has come.</summary>
    public void EndWait() => (_isWaiting, _direct) = (false, _hasCompany ? 0 : DirectAfterVain);
}
