using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Exchanges;

/// <summary>
/// Notices a client that begins streams to end them at once, again and again (as CVE-2023-44487 in HTTP/2): that costs it nothing, and the
/// proxy and its upstreams a request each. A stream in vain adds one, a whole response takes one away, and so does a moment.
/// </summary>
internal sealed class StreamResetLimiter(DeadlineWatch watch)
{
    /// <summary>What is too much: as many as may be open at once.</summary>
    public const int Most = 100;

    // Ten a second are somebody who scrolls through pictures.
    private const long Moment = 100;

    private readonly Lock _lock = new();
    private long _level;
    private long _since = watch.Now;

    /// <summary>A stream was in vain; false where there were too many.</summary>
    public bool TryAddVain()
    {
        lock (_lock)
        {
            long moments = (watch.Now - _since) / Moment;
            _since += moments * Moment;
            _level = Math.Max(0, _level - moments) + 1;
            return _level <= Most;
        }
    }

    /// <summary>A stream was of use.</summary>
    public void AddUseful()
    {
        lock (_lock)
        {
            _level = Math.Max(0, _level - 1);
        }
    }
}
