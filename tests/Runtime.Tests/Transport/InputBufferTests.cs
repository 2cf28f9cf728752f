using System.Net;
using System.Net.Sockets;
using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Tests.Transport;

/// <summary>How much of a connection is held, as <c>buffers</c> says.</summary>
public sealed class InputBufferTests
{
    [Theory]
    [InlineData(1024, 1024)]
    [InlineData(64 * 1024, 64 * 1024)]
    [InlineData(256 * 1024, 256 * 1024)]
    public async Task No_more_is_received_at_once_than_the_buffer_holds(int size, int most)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var sender = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await sender.ConnectAsync(listener.LocalEndpoint);
        using var wire = new Connection(await listener.AcceptSocketAsync());
        var input = new InputBuffer(wire, largest: size);
        Task sending = sender.SendAsync(new byte[2_000_000]);
        int largest = 0;
        for (int received = 0; received < 2_000_000; )
        {
            Assert.True(await input.FillAsync());
            largest = Math.Max(largest, input.Available.Length);
            received += input.Available.Length;
            input.Consume(input.Available.Length);
        }

        await sending;
        Assert.InRange(largest, 1, most);
        Assert.True(size < 64 * 1024 || largest > 4096, "it grows while it is full");
    }
}
