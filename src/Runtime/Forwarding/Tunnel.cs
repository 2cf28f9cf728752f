using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Forwarding;

/// <summary>Passes bytes both ways after an upgrade, until both sides have ended or neither says anything for too long.</summary>
internal static class Tunnel
{
    /// <summary>Runs until it is over, and closes both sides.</summary>
    public static async ValueTask RunAsync(Duplex client, Duplex server, TimeSpan idle, DeadlineWatch watch)
    {
        var deadline = new IdleDeadline(client.Wire, server.Wire);
        watch.Add(deadline);
        try
        {
            deadline.Set(watch.After(idle));
            Task up = CopyAsync(client, server, deadline, idle, watch);
            await CopyAsync(server, client, deadline, idle, watch);
            await up;
        }
        finally
        {
            watch.Remove(deadline);
            client.Wire.Dispose();
            server.Wire.Dispose();
        }
    }

    private static async Task CopyAsync(Duplex from, Duplex to, Deadline deadline, TimeSpan idle, DeadlineWatch watch)
    {
        try
        {
            while (from.Input.HasBytes || await from.Input.FillAsync())
            {
                deadline.Set(watch.After(idle));
                if (!from.Input.HasBytes)
                {
                    continue;
                }

                await to.Wire.SendAsync(from.Input.Available);
                from.Input.Consume(from.Input.Available.Length);
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

    private sealed class IdleDeadline(Wire client, Wire server) : Deadline
    {
        protected override void Expire()
        {
            client.Dispose();
            server.Dispose();
        }
    }
}
