using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Tunnels;

/// <summary>
/// A stream at the bridge: what the portal sends goes to the service, and back, each way as fast as its receiver takes it. Silence is the
/// business of the portal, which knows what a route allows.
/// </summary>
internal sealed class Splice(Duplex portal, Duplex service, DeadlineWatch watch)
{
    private long _lastAsked = -1;
    private long _lastAnswered = watch.Now;

    /// <summary>Whether the service has had the last word, some time ago: then most likely no request is under way.</summary>
    public bool IsQuiet(TimeSpan time) =>
        Volatile.Read(ref _lastAnswered) is var answered && answered >= Volatile.Read(ref _lastAsked) && watch.Now - answered >= (long)time.TotalMilliseconds;

    /// <summary>Runs until it is over, and closes both sides.</summary>
    public async Task RunAsync()
    {
        try
        {
            Task asking = CopyAsync(portal, service, isAnswer: false);
            await CopyAsync(service, portal, isAnswer: true);

            // A service that has ended its answer takes nothing more.
            service.Wire.Dispose();
            await asking;
        }
        finally
        {
            portal.Wire.Dispose();
            service.Wire.Dispose();
        }
    }

    /// <summary>Breaks the stream off.</summary>
    public void Abort()
    {
        portal.Wire.Abort();
        service.Wire.Abort();
    }

    private async Task CopyAsync(Duplex from, Duplex to, bool isAnswer)
    {
        try
        {
            while (from.Input.HasBytes || await from.Input.FillAsync())
            {
                if (!from.Input.HasBytes)
                {
                    continue;
                }

                Volatile.Write(ref isAnswer ? ref _lastAnswered : ref _lastAsked, watch.Now);
                await to.Wire.SendAsync(from.Input.Available);
                from.Input.Consume(from.Input.Available.Length);
                from.Input.Release();
            }

            if (from.Input.IsBroken)
            {
                to.Wire.Abort();
            }
            else
            {
                await to.Wire.EndSendingAsync();
            }
        }
        catch (Exception e) when (InputBuffer.IsTransportFault(e))
        {
            from.Wire.Abort();
            to.Wire.Abort();
        }
    }
}
