using System.Globalization;
using Confgen.Model.Units;
using Confgen.Model.Upstreams;
using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Upstreams;

/// <summary>Asks the servers of an upstream in the background whether they pass their probes.</summary>
internal sealed class HealthProbe(UpstreamState upstream, ActiveHealth config, DeadlineWatch watch, UpstreamErrorLog log) : IDisposable
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
                string? failure = await ProbeAsync(server);
                if (server.IsUnhealthy != failure is not null && failure != UpstreamError.NoDescriptors.Text)
                {
                    server.IsUnhealthy = failure is not null;
                    Tell(server, failure);
                }

                await Task.Delay(config.Interval, watch.Time, ending);
            }
        }
        catch (OperationCanceledException)
        {
            // The upstream is gone.
        }
    }

    private void Tell(ServerState server, string? failure)
    {
        if (failure is null)
        {
            log.Tell(server, "passes its probes again");
        }
        else
        {
            log.Warn(server, $"fails its probes, so it gets no requests: {failure}");
        }
    }

    // What is wrong with the server; null for nothing. Over TLS it may speak HTTP/1.1 or, as gRPC servers, HTTP/2 alone.
    private async Task<string?> ProbeAsync(ServerState server)
    {
        bool isHttp2 = server.Address.Scheme == ServerScheme.H2c || server.IsProbedByHttp2;
        string? failure = await AskAsync(server, isHttp2);
        if (failure is not null && server.Address.Scheme == ServerScheme.Https && await AskAsync(server, !isHttp2) is null)
        {
            server.IsProbedByHttp2 = !isHttp2;
            return null;
        }

        return failure;
    }

    private async Task<string?> AskAsync(ServerState server, bool isHttp2)
    {
        (UpstreamExchange? exchange, UpstreamError? error) = await upstream.OpenAsync(server, isHttp2, config.Timeout, Reuse.None);
        if (exchange is null)
        {
            return error?.ToString();
        }

        try
        {
            exchange.BeginHead("GET", config.Path, server.HostPort);
            exchange.AddField("User-Agent"u8, "confgen");
            exchange.EndHead(RequestFraming.None with { IsLast = true });
            exchange.AwaitUntil(watch.After(config.Timeout));
            await exchange.SendAsync(config.Timeout);
            for (int interim = 0; interim < UpstreamExchange.MostInterim; interim++)
            {
                if (await exchange.ReadHeadAsync() is { } failure)
                {
                    return failure.ToString();
                }

                if (exchange.Status >= 200)
                {
                    return config.Status.Any(p => p.Matches(exchange.Status))
                        ? null
                        : string.Create(CultureInfo.InvariantCulture, $"status {exchange.Status}");
                }
            }

            return UpstreamError.Malformed.ToString();
        }
        finally
        {
            exchange.Close();
        }
    }
}
