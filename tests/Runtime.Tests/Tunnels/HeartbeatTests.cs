using System.Security.Cryptography;
using System.Text;
using Confgen.Model.Tunnels;
using Confgen.Runtime.Tests.Support;
using Confgen.Runtime.Tunnels;

namespace Confgen.Runtime.Tests.Tunnels;

/// <summary>A side that says nothing any more, although no packet tells that it is gone, is noticed by the other.</summary>
public sealed class HeartbeatTests
{
    private static readonly TunnelKeys Keys = new(
        new Tunnel
        {
            Name = "home",
            Secret = "0123456789abcdef",
            Domain = "x",
            Portal = new TunnelPortal
            {
                Listen = new(),
                Public = "x",
                Entry = new(),
            },
            Bridge = new TunnelBridge { Forward = new(default, "x", 80) },
        }
    );

    [Fact]
    public async Task A_bridge_that_answers_no_heartbeat_is_let_go()
    {
        var time = new ManualTime();
        await using TestTunnel tunnel = await TestTunnel.StartAsync("http://127.0.0.1:1", time: time);
        using var bridge = RawClient.To(tunnel.ControlPort);
        byte[] nonce = RandomNumberGenerator.GetBytes(TunnelHello.NonceSize);
        await bridge.SendAsync(Encoding.Latin1.GetString(TunnelHello.Make(Keys, nonce)));
        byte[] challenge = Encoding.Latin1.GetBytes(await bridge.ReadAsync(TunnelProofs.ChallengeSize));
        Assert.True(TunnelProofs.IsChallenge(Keys, nonce, challenge));
        await bridge.SendAsync(
            Encoding.Latin1.GetString(
                TunnelProofs.Response(Keys, nonce, challenge[..TunnelHello.NonceSize], new byte[TunnelProofs.BridgeIdSize])
            )
        );
        await tunnel.ToldAsync("has come");

        // It is asked again and again, and answers once.
        time.Advance(TunnelTimes.Heartbeat);
        Assert.Equal("\u0001", await bridge.ReadAsync(1));
        await bridge.SendAsync("\u0002");
        await PassAsync(time, () => tunnel.Notices.Any(n => n.Contains("has gone", StringComparison.Ordinal)));
        Assert.Matches("^\u0001+$", await bridge.ReadToEndAsync());
    }

    [Fact]
    public async Task A_portal_that_sends_no_heartbeat_is_left_and_looked_for_anew()
    {
        await using var portal = new Backend(async c =>
        {
            byte[] hello = Encoding.Latin1.GetBytes(await c.Client.ReadAsync(TunnelHello.Size));
            Assert.True(TunnelHello.IsProven(Keys, hello));
            await c.SendAsync(
                Encoding.Latin1.GetString(
                    TunnelProofs.Challenge(
                        Keys,
                        TunnelHello.NonceOf(hello).ToArray(),
                        RandomNumberGenerator.GetBytes(TunnelHello.NonceSize)
                    )
                )
            );
            await c.Client.ReadToEndAsync();
        });
        var time = new ManualTime();
        await using var bridge = new ProxyServer(new ProxyOptions { Side = TunnelSide.Bridge, Time = time });
        Assert.Empty(
            await bridge.ServeAsync(
                Specs.Read(
                    $$"""
                    tunnels:
                      home:
                        portal: { listen: {{portal.Port}}, public: 127.0.0.1, entry: 1 }
                        bridge: { forward: "http://127.0.0.1:1", connections: 2 }
                        secret: 0123456789abcdef
                    """
                )
            )
        );
        await Eventually.TrueAsync(() => portal.Connections == 2, "the bridge keeps two connections");
        await PassAsync(time, () => portal.Connections >= 4);
    }

    // Time passes until something happens, in steps that its timers see.
    private static async Task PassAsync(ManualTime time, Func<bool> until)
    {
        for (int i = 0; i < 2000 && !until(); i++)
        {
            time.Advance(TimeSpan.FromMilliseconds(500));
            await Task.Delay(10);
        }

        Assert.True(until());
    }
}
