using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Tunnels;

/// <summary>
/// A stream at the bridge: what the portal sends goes to the service, and back, each way as fast as its receiver takes it. Silence is the
/// business of the portal, which knows what a route allows.
/// </summary>
internal sealed class ByteRelay(Duplex portal, Duplex service, DeadlineWatch watch)
{
    private long _lastAsked = -1;
    private long _lastAnswered = watch.Now;

    /// <summary>Whether the service has had the last word, some time ago: then most likely no request is under way.</summary>
    public bool IsQuiet(TimeSpan time) =>
        Volatile.Read(ref _lastAnswered) is var answered
        && answered >= Volatile.Read(ref _lastAsked)
        && watch.Now - answered >= (long)time.TotalMilliseconds;

    /// <summary>Runs until it is over, and closes both sides.</summary>
    public async Task RunAsync()
    {
        try
        {
            Task asking = CopyAsync(portal, service, isResponse: false);
            await CopyAsync(service, portal, isResponse: true);

            // A service that has ended its response takes nothing more.
            service.Connection.Dispose();
            await asking;
        }
        finally
        {
            portal.Connection.Dispose();
            service.Connection.Dispose();
        }
    }

    /// <summary>Breaks the stream off.</summary>
    public void Abort()
    {
        portal.Connection.Abort();
        service.Connection.Abort();
    }

    private async Task CopyAsync(Duplex from, Duplex to, bool isResponse)
    {
        try
        {
            while (from.Input.HasBytes || await from.Input.FillAsync())
            {
                if (!from.Input.HasBytes)
                {
                    continue;
                }

                Volatile.Write(ref isResponse ? ref _lastAnswered : ref _lastAsked, watch.Now);
                await to.Connection.SendAsync(from.Input.Available);
                from.Input.Consume(from.Input.Available.Length);
                from.Input.Release();
            }

            if (from.Input.IsBroken)
            {
                to.Connection.Abort();
            }
            else
            {
                await to.Connection.EndSendingAsync();
            }
        }
        catch (Exception e) when (InputBuffer.IsTransportFault(e))
        {
            from.Connection.Abort();
            to.Connection.Abort();
        }
    }
}
