using System.Net;
using System.Net.Sockets;
using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Tests.Transport;

/// <summary>A client's end, its reset and this side's close are values, whether they come before the receive or while it waits.</summary>
public sealed class SocketReceiveTests : IDisposable
{
    private readonly Socket _client = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly Socket _server;

    public SocketReceiveTests()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        _client.Connect(listener.LocalEndPoint!);
        _server = listener.Accept();
    }

    public static TheoryData<string, bool, bool> Ends()
    {
        var all = new TheoryData<string, bool, bool>();
        foreach (bool isPending in new[] { false, true })
        {
            all.Add("end", isPending, false);
            all.Add("reset", isPending, true);
        }

        all.Add("close", true, true);
        return all;
    }

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task An_end_is_a_value(string end, bool isPending, bool hasFailed)
    {
        using var receive = new SocketReceive();
        ValueTask<int> pending = isPending ? receive.RunAsync(_server, new byte[10]) : default;
        End(end);
        if (!isPending)
        {
            Assert.True(_server.Poll(TimeSpan.FromSeconds(10), SelectMode.SelectRead));
            pending = receive.RunAsync(_server, new byte[10]);
        }

        Assert.Equal(0, await pending);
        Assert.Equal(hasFailed, receive.HasFailed);
    }

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task A_buffer_says_which_end_it_was(string end, bool isPending, bool hasFailed)
    {
        using var connection = new Connection(_server);
        var input = new InputBuffer(connection);
        ValueTask<bool> pending = isPending ? input.FillAsync() : default;
        End(end);
        Assert.False(await (isPending ? pending : input.FillAsync()));
        Assert.Equal((true, hasFailed), (input.HasEnded, input.IsBroken));
        Assert.Equal(!hasFailed, connection.HasPeerEnded);
    }

    [Fact]
    public async Task Receives_follow_one_another()
    {
        using var receive = new SocketReceive();
        byte[] buffer = new byte[2];
        foreach (int round in Enumerable.Range(0, 3))
        {
            ValueTask<int> pending = round == 1 ? receive.RunAsync(_server, buffer) : default;
            _client.Send([(byte)round]);
            Assert.Equal(1, await (round == 1 ? pending : receive.RunAsync(_server, buffer)));
            Assert.Equal(round, buffer[0]);
        }
    }

    public void Dispose()
    {
        _client.Dispose();
        _server.Dispose();
    }

    private void End(string end)
    {
        if (end == "close")
        {
            _server.Dispose();
            return;
        }

        if (end == "reset")
        {
            _client.LingerState = new LingerOption(enable: true, seconds: 0);
        }

        _client.Close();
    }
}
