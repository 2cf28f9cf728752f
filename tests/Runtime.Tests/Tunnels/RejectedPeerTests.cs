using System.Text;
using Confgen.Model.Tunnels;
using Confgen.Runtime.Tests.Support;
using Confgen.Runtime.Tunnels;

namespace Confgen.Runtime.Tests.Tunnels;

/// <summary>Who is no bridge of the tunnel learns nothing at the control port, and is told to the operator.</summary>
public sealed class RejectedPeerTests
{
    private const string Secret = "0123456789abcdef";

    private static readonly byte[] Nonce = new byte[TunnelHello.NonceSize];

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: a.test\r\n\r\n", "it isn't a bridge")]
    [InlineData("X", "it isn't a bridge")]
    [InlineData("confgeX", "it isn't a bridge")]
    [InlineData("confgen\u0002", "it speaks version 2 of the protocol, this portal 1")]
    public async Task A_stranger_gets_no_byte(string said, string told)
    {
        await using var service = new Backend();
        await using TestTunnel tunnel = await TestTunnel.StartAsync(service);
        Assert.Equal("", await SayAsync(tunnel, said));
        await tunnel.ToldAsync(told);
    }

    [Fact]
    public async Task Another_secret_gets_no_byte()
    {
        await using var service = new Backend();
        await using TestTunnel tunnel = await TestTunnel.StartAsync(service);
        Assert.Equal("", await SayAsync(tunnel, Hello("fedcba9876543210")));
        await tunnel.ToldAsync("it knows the secret of no tunnel here");
    }

    [Fact]
    public async Task A_greeting_byte_by_byte_is_a_greeting()
    {
        await using var service = new Backend();
        await using TestTunnel tunnel = await TestTunnel.StartAsync(service);
        using var client = RawClient.To(tunnel.ControlPort);
        await client.TrickleAsync(Hello(Secret));
        Assert.Equal(TunnelProofs.ChallengeSize, (await client.ReadAsync(TunnelProofs.ChallengeSize)).Length);
    }

    [Fact]
    public async Task A_greeting_that_is_repeated_opens_nothing()
    {
        await using var service = new Backend();
        await using TestTunnel tunnel = await TestTunnel.StartAsync(service);
        string hello = Hello(Secret);
        string challenge = await ChallengeAsync(tunnel, hello, "");
        byte[] response = TunnelProofs.Response(
            KeysOf(Secret),
            Nonce,
            Encoding.Latin1.GetBytes(challenge[..TunnelHello.NonceSize]),
            new byte[TunnelProofs.BridgeIdSize]
        );

        // The whole conversation, played again: the portal's nonce is another one.
        Assert.NotEqual(challenge, await ChallengeAsync(tunnel, hello, Encoding.Latin1.GetString(response)));
        await tunnel.ToldAsync("its answer to the challenge is wrong");
        Assert.DoesNotContain(tunnel.Notices, n => n.Contains("has come", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_bridge_with_another_secret_is_told_why_and_gets_no_request()
    {
        await using var service = new Backend();
        await using TestTunnel tunnel = await TestTunnel.StartAsync(service);
        await tunnel.WithBridgeAsync("fedcba9876543210");
        await tunnel.ToldAsync("it closed the connection without a word: it has another secret or version");
        Assert.DoesNotContain(tunnel.Notices, n => n.Contains("has come", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_bridge_doesnt_believe_who_can_not_prove_to_be_its_portal()
    {
        await using var service = new Backend();
        await using var impostor = new Backend(async c =>
        {
            // A challenge that any program could make up.
            await c.Client.ReadAsync(TunnelHello.Size);
            await c.SendAsync(new string('x', TunnelProofs.ChallengeSize));
            Assert.Equal("", await c.Client.ReadToEndAsync());
        });
        await using var bridge = new ProxyServer(new ProxyOptions { Side = TunnelSide.Bridge, Notice = line => { } });
        Assert.Empty(
            await bridge.ServeAsync(
                Specs.Read(
                    $$"""
                    tunnels:
                      home:
                        portal: { listen: {{impostor.Port}}, public: 127.0.0.1, entry: 1 }
                        bridge: { forward: "http://127.0.0.1:{{service.Port}}" }
                        secret: {{Secret}}
                    """
                )
            )
        );

        // It comes again and again, and never goes further than its greeting.
        await Eventually.TrueAsync(() => impostor.Connections >= 3, "the bridge tries again");
        Assert.Equal(0, service.Connections);
    }

    private static async Task<string> SayAsync(TestTunnel tunnel, string bytes)
    {
        using var client = RawClient.To(tunnel.ControlPort);
        await client.SendAsync(bytes);
        return await client.ReadToEndAsync();
    }

    private static async Task<string> ChallengeAsync(TestTunnel tunnel, string hello, string response)
    {
        using var client = RawClient.To(tunnel.ControlPort);
        await client.SendAsync(hello);
        string challenge = await client.ReadAsync(TunnelProofs.ChallengeSize);
        if (response.Length > 0)
        {
            await client.SendAsync(response);
            Assert.Equal("", await client.ReadToEndAsync());
        }

        return challenge;
    }

    private static string Hello(string secret) => Encoding.Latin1.GetString(TunnelHello.Make(KeysOf(secret), Nonce));

    private static TunnelKeys KeysOf(string secret) =>
        new(
            new Tunnel
            {
                Name = "home",
                Secret = secret,
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
}
