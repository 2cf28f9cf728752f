using Confgen.Runtime.Http2Frames;
using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Http2;

/// <summary>
/// Resets a stream whose client takes too long. It is watched only while a wait lasts: most streams never wait for their client, and
/// those cost nothing.
/// </summary>
internal sealed class StreamDeadline(Http2Exchange exchange, DeadlineWatch watch) : Deadline
{
    /// <summary>Starts the wait.</summary>
    public void Start(TimeSpan longest)
    {
        Set(watch.After(longest));
        if (Slot < 0)
        {
            watch.Add(this);
        }
    }

    /// <summary>Watches it no longer.</summary>
    public void Remove()
    {
        Clear();
        if (Slot >= 0)
        {
            watch.Remove(this);
        }
    }

    /// <inheritdoc/>
    protected override void Expire() =>
        ThreadPool.UnsafeQueueUserWorkItem(static exchange => exchange.Cut(ErrorCodes.Cancel), exchange, preferLocal: false);
}
