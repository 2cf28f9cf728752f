using Confgen.Runtime.Http3.Quic;
using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Http3;

/// <summary>Cuts a stream whose client takes too long.</summary>
internal sealed class StreamDeadline(IQuicStream stream, DeadlineWatch watch) : Deadline
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
        watch.Remove(this);
    }

    /// <inheritdoc/>
    protected override void Expire() =>
        ThreadPool.UnsafeQueueUserWorkItem(
            static stream =>
            {
                stream.Reset(ErrorCodes.RequestCancelled);
                stream.StopReading(ErrorCodes.RequestCancelled);
            },
            stream,
            preferLocal: false
        );
}
