using System.Collections.Concurrent;
using Confgen.Model.Tunnels;

namespace Confgen.Runtime.Tests.Support;

/// <summary>A portal with its site, and bridges before a backend, from one spec. Each side can be ended and started anew.</summary>
internal sealed class TestTunnel : IAsyncDisposable
{
    private readonly string _yaml;
    private readonly List<ProxyServer> _bridges = [];
    private TimeProvider _portalTime = TimeProvider.System;
    private ProxyServer? _portal;

    private TestTunnel(string yaml) => _yaml = yaml;

    /// <summary>The port of the site.</summary>
    public int Port { get; } = FreePort.Next();

    /// <summary>The port where bridges connect.</summary>
    public int ControlPort { get; } = FreePort.Next();

    /// <summary>What both sides told the operator.</summary>
    public ConcurrentQueue<string> Notices { get; } = new();

    /// <summary>Starts a portal without a bridge.</summary>
    /// <param name="service">The service behind the tunnel.</param>
    /// <param name="route">More lines of the route.</param>
    /// <param name="portal">More fields of the portal.</param>
    /// <param name="bridge">More fields of the bridge.</param>
    public static Task<TestTunnel> StartAsync(Backend service, string route = "", string portal = "", string bridge = "") =>
        StartAsync($"http://127.0.0.1:{service.Port}", route, portal, bridge);

    /// <summary>As above, for a service by its URL.</summary>
    public static async Task<TestTunnel> StartAsync(
        string service,
        string route = "",
        string portal = "",
        string bridge = "",
        TimeProvider? time = null
    )
    {
        var tunnel = new TestTunnel(
            $$"""
            tunnels:
              home:
                portal: { listen: "127.0.0.1:CONTROL", public: localhost, entry: 1 {{portal}} }
                bridge: { forward: "{{service}}" {{bridge}} }
                secret: 0123456789abcdef
            sites:
              - host: _
                listen: "127.0.0.1:PORT"
                routes:
                  - path: /
                    proxy: tunnel:home
            {{string.Join("\n", route.Split('\n').Select(l => "        " + l))}}
            """
        )
        {
            _portalTime = time ?? TimeProvider.System,
        };
        await tunnel.StartPortalAsync();
        return tunnel;
    }

    public async Task<TestTunnel> WithBridgeAsync(string? secret = null)
    {
        string yaml = secret is null ? _yaml : _yaml.Replace("secret: 0123456789abcdef", "secret: " + secret, StringComparison.Ordinal);
        _bridges.Add(await ServeAsync(yaml, TunnelSide.Bridge));
        return this;
    }

    public async Task StartPortalAsync() => _portal = await ServeAsync(_yaml, TunnelSide.Portal);

    /// <summary>Ends the portal as a kill would.</summary>
    public async Task StopPortalAsync()
    {
        await (_portal?.DisposeAsync() ?? default);
        _portal = null;
    }

    /// <summary>
    /// Lets the portal end as when another process has its sockets; what is under way has a minute. Another portal can be started
    /// meanwhile.
    /// </summary>
    public async Task PassPortalAsync()
    {
        if (Interlocked.Exchange(ref _portal, null) is { } portal)
        {
            await portal.StopAsync(TimeSpan.FromMinutes(1), isPassed: true);
            await portal.DisposeAsync();
        }
    }

    /// <summary>Ends the bridges as a kill would.</summary>
    public async Task StopBridgesAsync()
    {
        foreach (ProxyServer bridge in _bridges)
        {
            await bridge.DisposeAsync();
        }

        _bridges.Clear();
    }

    /// <summary>Ends the first bridge, with time for what is under way.</summary>
    public async Task DrainBridgeAsync(TimeSpan drain)
    {
        ProxyServer bridge = _bridges[0];
        _bridges.RemoveAt(0);
        await bridge.StopAsync(drain);
        await bridge.DisposeAsync();
    }

    public RawClient Connect() => RawClient.To(Port);

    public async Task<RawResponse> AskAsync(string request)
    {
        using RawClient client = Connect();
        await client.SendAsync(request);
        return await client.ReadResponseAsync();
    }

    public Task<RawResponse> GetAsync(string target = "/", string fields = "") =>
        AskAsync($"GET {target} HTTP/1.1\r\nHost: a.test\r\n{fields}\r\n");

    /// <summary>Waits until the operator is told.</summary>
    public Task ToldAsync(string what) =>
        Eventually.TrueAsync(() => Notices.Any(n => n.Contains(what, StringComparison.Ordinal)), $"'{what}' is told");

    public async ValueTask DisposeAsync()
    {
        await StopBridgesAsync();
        await StopPortalAsync();
    }

    private async Task<ProxyServer> ServeAsync(string yaml, TunnelSide side)
    {
        var server = new ProxyServer(
            new ProxyOptions
            {
                Side = side,
                Notice = Notices.Enqueue,
                Time = side == TunnelSide.Portal ? _portalTime : TimeProvider.System,
            }
        );
        string text = yaml.Replace("CONTROL", ControlPort.ToString(), StringComparison.Ordinal)
            .Replace("PORT", Port.ToString(), StringComparison.Ordinal);
        Assert.Empty(await server.ServeAsync(Specs.Read(text)));
        return server;
    }
}
