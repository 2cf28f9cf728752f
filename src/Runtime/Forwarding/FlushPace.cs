using Confgen.Runtime.Exchanges;

namespace Confgen.Runtime.Forwarding;

/// <summary>
/// <c>flush_interval</c>: what was written is held back for at most that time, so that a server that writes in crumbs costs few packets. An
/// answer whose length nobody knows, as an event stream's, goes on at once, as in Caddy: somebody may wait for its next piece.
/// </summary>
internal sealed class FlushPace(TimeSpan interval, TimeProvider time)
{
    private long _heldSince;
    private bool _holds;

    /// <summary>
    /// The pace of a response before its length is changed by a coding; null where each piece goes on as soon as no more of it is here.
    /// </summary>
    public static FlushPace? Of(UpstreamRequest plan, Response response, TimeProvider time) =>
        plan.FlushInterval is { } interval && interval > TimeSpan.Zero && response.Length is not null
            ? new FlushPace(interval, time)
            : null;

    /// <summary>Waits for more of the response, and sends what was held back for long enough.</summary>
    public async ValueTask<T> WaitAsync<T>(Task<T> more, Exchange exchange)
    {
        if (!_holds)
        {
            (_holds, _heldSince) = (true, time.GetTimestamp());
        }

        TimeSpan left = interval - time.GetElapsedTime(_heldSince);
        if (left > TimeSpan.Zero && !more.IsCompleted)
        {
            await ((Task)more).WaitAsync(left, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (!more.IsCompleted || left <= TimeSpan.Zero)
        {
            _holds = false;
            await exchange.FlushAsync();
        }

        return await more;
    }
}
