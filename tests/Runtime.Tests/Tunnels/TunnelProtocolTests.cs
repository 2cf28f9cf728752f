using System.Security.Cryptography;
using Confgen.Model.Tunnels;
using Confgen.Runtime.Tunnels;

namespace Confgen.Runtime.Tests.Tunnels;

/// <summary>The messages between bridge and portal, at every split of their bytes.</summary>
public sealed class TunnelProtocolTests
{
    private static readonly TunnelKeys Keys = KeysOf("home", "0123456789abcdef");

    private static readonly TunnelFrame[] Frames =
    [
        new(TunnelFrameKind.Ping),
        new(TunnelFrameKind.Pong),
        new(TunnelFrameKind.Take),
        new(TunnelFrameKind.Ready),
        new(TunnelFrameKind.Refused),
        new(TunnelFrameKind.Move),
        new(TunnelFrameKind.Take, IsHttp2: true, Wanted: 0x0102),
        new(TunnelFrameKind.Take, Wanted: ushort.MaxValue),
        new(TunnelFrameKind.Ping),
    ];

    [Fact]
    public void Frames_are_the_same_at_every_split()
    {
        byte[] bytes = [.. Frames.SelectMany(f => f.ToBytes())];
        for (int first = 0; first <= bytes.Length; first++)
        {
            for (int second = first; second <= bytes.Length; second++)
            {
                Assert.Equal(Frames, Read(bytes[..first], bytes[first..second], bytes[second..]));
            }
        }

        Assert.Equal(Frames, Read([.. bytes.Select(b => new[] { b })]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData((byte)'G')]
    [InlineData(255)]
    public void What_is_no_frame_is_none(byte kind)
    {
        Assert.True(TunnelFrame.TryRead([kind], out TunnelFrame frame, out int consumed));
        Assert.Equal((default, 1), (frame.Kind, consumed));
    }

    [Fact]
    public void A_take_with_an_unknown_flag_is_none()
    {
        Assert.True(TunnelFrame.TryRead([(byte)TunnelFrameKind.Take, 2, 0, 0], out TunnelFrame frame, out _));
        Assert.Equal(default, frame.Kind);
    }

    [Fact]
    public void A_hello_is_proven_by_its_secret_and_its_name_alone()
    {
        byte[] hello = TunnelHello.Make(Keys, RandomNumberGenerator.GetBytes(TunnelHello.NonceSize));
        Assert.Equal(TunnelHello.Size, hello.Length);
        Assert.True(TunnelHello.IsProven(Keys, hello));
        Assert.True(TunnelHello.IsProven(KeysOf("home", "0123456789abcdef"), hello));
        Assert.False(TunnelHello.IsProven(KeysOf("home", "0123456789abcdeg"), hello));
        Assert.False(TunnelHello.IsProven(KeysOf("nas", "0123456789abcdef"), hello));
    }

    [Fact]
    public void A_bit_that_changes_anywhere_breaks_the_proof()
    {
        (byte[] bridgeNonce, byte[] portalNonce, byte[] id) = (Nonce(), Nonce(), Nonce()[..TunnelProofs.BridgeIdSize]);
        byte[] hello = TunnelHello.Make(Keys, bridgeNonce);
        byte[] challenge = TunnelProofs.Challenge(Keys, bridgeNonce, portalNonce);
        byte[] response = TunnelProofs.Response(Keys, bridgeNonce, portalNonce, id);
        Assert.True(TunnelProofs.IsChallenge(Keys, bridgeNonce, challenge));
        Assert.True(TunnelProofs.IsResponse(Keys, bridgeNonce, portalNonce, response));
        Assert.All(Flipped(hello), h => Assert.False(TunnelHello.IsProven(Keys, h)));
        Assert.All(Flipped(challenge), c => Assert.False(TunnelProofs.IsChallenge(Keys, bridgeNonce, c)));
        Assert.All(Flipped(response), a => Assert.False(TunnelProofs.IsResponse(Keys, bridgeNonce, portalNonce, a)));
    }

    [Fact]
    public void A_message_of_another_connection_or_of_the_other_side_proves_nothing()
    {
        (byte[] bridgeNonce, byte[] portalNonce, byte[] id) = (Nonce(), Nonce(), Nonce()[..TunnelProofs.BridgeIdSize]);
        byte[] challenge = TunnelProofs.Challenge(Keys, bridgeNonce, portalNonce);
        byte[] response = TunnelProofs.Response(Keys, bridgeNonce, portalNonce, id);
        Assert.False(TunnelProofs.IsChallenge(Keys, Nonce(), challenge));
        Assert.False(TunnelProofs.IsResponse(Keys, bridgeNonce, Nonce(), response));
        Assert.False(TunnelProofs.IsResponse(Keys, Nonce(), portalNonce, response));

        // What the portal said, sent back to it.
        Assert.False(TunnelProofs.IsResponse(Keys, bridgeNonce, portalNonce, challenge.AsSpan()[^TunnelProofs.ResponseSize..]));
    }

    [Fact]
    public void Pauses_grow_to_a_second_and_no_further()
    {
        var backoff = new Backoff(new Random(1));
        TimeSpan[] pauses = [.. Enumerable.Range(0, 20).Select(_ => backoff.Next())];
        Assert.InRange(pauses[0], TimeSpan.FromMilliseconds(25), TimeSpan.FromMilliseconds(50));
        Assert.All(pauses, p => Assert.InRange(p, TimeSpan.FromMilliseconds(25), TimeSpan.FromSeconds(1)));
        Assert.All(pauses[6..], p => Assert.InRange(p, TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(1)));
        backoff.Reset();
        Assert.InRange(backoff.Next(), TimeSpan.FromMilliseconds(25), TimeSpan.FromMilliseconds(50));
    }

    private static List<TunnelFrame> Read(params byte[][] pieces)
    {
        var frames = new List<TunnelFrame>();
        byte[] waiting = [];
        foreach (byte[] piece in pieces)
        {
            waiting = [.. waiting, .. piece];
            while (TunnelFrame.TryRead(waiting, out TunnelFrame frame, out int consumed))
            {
                frames.Add(frame);
                waiting = waiting[consumed..];
            }
        }

        Assert.Empty(waiting);
        return frames;
    }

    private static IEnumerable<byte[]> Flipped(byte[] message)
    {
        for (int bit = 0; bit < message.Length * 8; bit++)
        {
            byte[] flipped = [.. message];
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            yield return flipped;
        }
    }

    private static byte[] Nonce() => RandomNumberGenerator.GetBytes(TunnelHello.NonceSize);

    private static TunnelKeys KeysOf(string name, string secret) =>
        new(
            new Tunnel
            {
                Name = name,
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
