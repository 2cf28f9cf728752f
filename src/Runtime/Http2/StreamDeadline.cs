using Confgen.Runtime.Transport;
using Microsoft.AspNetCore.Http.Features;

namespace Confgen.Runtime.Http2;

/// <summary>
/// Resets a stream whose client takes too long. It is watched only while a wait lasts: most streams never wait for their client, and
/// those cost nothing.
/// </summary>
internal sealed class StreamDeadline(IFeatureCollection features, DeadlineWatch watch) : Deadline
{
    // RFC 9113, section 7.
    private const int Cancel = 8;

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
    protected override void Expire() => ThreadPool.UnsafeQueueUserWorkItem(static features => features.Get<IHttpResetFeature>()?.Reset(Cancel), features, preferLocal: false);
}
