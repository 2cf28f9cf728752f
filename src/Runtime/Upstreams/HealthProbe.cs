using Confgen.Model.Upstreams;
using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Upstreams;

/// <summary>Asks the servers of an upstream in the background whether they are well.</summary>
internal sealed class HealthProbe(UpstreamState upstream, ActiveHealth config, DeadlineWatch watch, TimeProvider time, Action<string> notice) : IDisposable
{
    private readonly CancellationTokenSource _ending = new();

    /// <summary>Begins with a probe of each server.</summary>
    public void Start()
    {
        foreach (ServerState server in upstream.Servers)
        {
            Watch(server);
        }
    }

    /// <summary>Probes a server from now on, until it is gone.</summary>
    public void Watch(ServerState server) => _ = RunAsync(server);

    /// <summary>Ends the probes.</summary>
    public void Dispose()
    {
        _ending.Cancel();
        _ending.Dispose();
    }

    private async Task RunAsync(ServerState server)
    {
        try
        {
            CancellationToken ending = _ending.Token;
            while (!ending.IsCancellationRequested && !server.IsGone)
            {
                bool isSick = !await IsWellAsync(server);
                if (isSick != server.IsUnhealthy)
                {
                    server.IsUnhealthy = isSick;
                    notice($"upstream {upstream.Config.Name}: {server.Address} {(isSick ? "fails its probes, so it gets no requests" : "passes its probes again")}");
                }

                await Task.Delay(config.Interval, time, ending);
            }
        }
        catch (OperationCanceledException)
        {
            // The upstream is gone.
        }
    }

    private async Task<bool> IsWellAsync(ServerState server)
    {
        UpstreamConnection? connection = await upstream.Connector.ConnectAsync(server, config.Timeout);
        if (connection is null)
        {
            return false;
        }

        try
        {
            connection.Output.Write("GET "u8);
            connection.Output.WriteLatin1(config.Path);
            connection.Output.Write(" HTTP/1.1\r\nHost: "u8);
            connection.Output.WriteLatin1(server.HostPort);
            connection.Output.Write("\r\nConnection: close\r\nUser-Agent: confgen\r\n\r\n"u8);
            connection.AwaitUntil(watch.After(config.Timeout));
            await connection.SendAsync(config.Timeout);
            while (await connection.ReadHeadAsync(isHead: false) == HeadOutcome.Complete)
            {
                if (connection.Status >= 200)
                {
                    return config.Status.Any(p => p.Matches(connection.Status));
                }
            }

            return false;
        }
        catch (Exception e) when (InputBuffer.IsTransportFault(e))
        {
            return false;
        }
        finally
        {
            connection.Close();
        }
    }
}
