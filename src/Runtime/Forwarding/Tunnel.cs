using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Forwarding;

/// <summary>Passes bytes both ways after an upgrade, until both sides have ended or neither says anything for too long.</summary>
internal static class Tunnel
{
    /// <summary>Runs until it is over, and closes both sides; gives the bytes that came from the client and from the server.</summary>
    public static async ValueTask<(long FromClient, long FromServer)> RunAsync(
        IDuplex client,
        IDuplex server,
        TimeSpan idle,
        DeadlineWatch watch
    )
    {
        var deadline = new IdleDeadline(client, server);
        watch.Add(deadline);
        try
        {
            deadline.Set(watch.After(idle));
            Task<long> up = CopyAsync(client, server, deadline, idle, watch);
            long fromServer = await CopyAsync(server, client, deadline, idle, watch);
            return (await up, fromServer);
        }
        finally
        {
            watch.Remove(deadline);
            client.Close();
            server.Close();
        }
    }

    private static async Task<long> CopyAsync(IDuplex from, IDuplex to, Deadline deadline, TimeSpan idle, DeadlineWatch watch)
    {
        long copied = 0;
        try
        {
            while (await from.ReceiveAsync() is { IsEmpty: false } bytes)
            {
                deadline.Set(watch.After(idle));
                await to.SendAsync(bytes);
                copied += bytes.Length;
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

        return copied;
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
