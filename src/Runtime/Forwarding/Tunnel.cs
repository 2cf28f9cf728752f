using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Forwarding;

/// <summary>Passes bytes both ways after an upgrade, until both sides have ended or neither says anything for too long.</summary>
internal static class Tunnel
{
    /// <summary>Runs until it is over, and closes both sides.</summary>
    public static async ValueTask RunAsync(IDuplex client, IDuplex server, TimeSpan idle, DeadlineWatch watch)
    {
        var deadline = new IdleDeadline(client, server);
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
            client.Close();
            server.Close();
        }
    }

    private static async Task CopyAsync(IDuplex from, IDuplex to, Deadline deadline, TimeSpan idle, DeadlineWatch watch)
    {
        try
        {
            while (await from.ReceiveAsync() is { IsEmpty: false } bytes)
            {
                deadline.Set(watch.After(idle));
                await to.SendAsync(bytes);
            }

            if (from.IsBroken)
            {
                to.Abort();
            }
            else
            {
                await to.EndSendingAsync();
            }
        }
        catch (Exception e) when (InputBuffer.IsTransportFault(e))
        {
            from.Abort();
            to.Abort();
        }
    }

    private sealed class IdleDeadline(IDuplex client, IDuplex server) : Deadline
    {
        protected override void Expire()
        {
            client.Close();
            server.Close();
        }
    }
}
