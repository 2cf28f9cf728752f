using System.Net.Sockets;
using Confgen.Runtime.Http2Frames;
using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Tests.Http2;

/// <summary>When small messages of a connection go out together, and that each does go out.</summary>
public sealed class FrameSenderTests : IDisposable
{
    private readonly DeadlineWatch _watch = new(TimeProvider.System);
    private readonly Lock _lock = new();
    private readonly Connection _connection;
    private readonly Socket _peer;
    private readonly FrameSender _sender;

    public FrameSenderTests()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0));
        listener.Listen();
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Connect(listener.LocalEndPoint!);
        _peer = listener.Accept();
        _connection = new Connection(socket);
        _sender = new FrameSender(_connection, _watch, Timeout.InfiniteTimeSpan, _lock, static () => { });
    }

    [Fact]
    public async Task Whatever_waits_for_company_is_sent()
    {
        // More than go out at once after one that has waited in vain, so that each of both ways is gone.
        for (int i = 0; i < 100; i++)
        {
            await WriteAsync(10);
            await ArrivedAsync(10);
        }
    }

    [Fact]
    public async Task Messages_of_several_threads_arrive_whole()
    {
        Task[] writing =
        [
            .. Enumerable
                .Range(0, 8)
                .Select(_ =>
                    Task.Run(async () =>
                    {
                        for (int i = 0; i < 500; i++)
                        {
                            await WriteAsync(10);
                        }
                    })
                ),
        ];

        await ArrivedAsync(8 * 500 * 10);
        await Task.WhenAll(writing);
    }

    [Fact]
    public async Task What_a_thread_holds_goes_out_when_it_is_done()
    {
        // The hold is the thread's, which goes on behind the await: nothing is waited for.
        _sender.Hold();
        await WriteAsync(10);
        _sender.Release();
        await _sender.FlushAsync();

        await ArrivedAsync(10);
    }

    [Fact]
    public async Task A_large_batch_waits_for_nothing()
    {
        _sender.Hold();
        await WriteAsync(20_000);

        await ArrivedAsync(20_000);
    }

    [Fact]
    public async Task A_thread_holds_nothing_of_others()
    {
        var holder = new Thread(_sender.Hold);
        holder.Start();
        holder.Join();

        await WriteAsync(10);

        await ArrivedAsync(10);
    }

    public void Dispose()
    {
        _connection.Dispose();
        _peer.Dispose();
        _watch.Dispose();
    }

    private void Write(int count)
    {
        lock (_lock)
        {
            _sender.Filling.Write(new byte[count]);
        }
    }

    private async Task WriteAsync(int count)
    {
        Write(count);
        await _sender.FlushSoonAsync();
    }

    private async Task ArrivedAsync(int count)
    {
        byte[] buffer = new byte[4096];
        while (count > 0)
        {
            int received = await _peer
                .ReceiveAsync(buffer.AsMemory(0, Math.Min(count, buffer.Length)))
                .AsTask()
                .WaitAsync(TimeSpan.FromSeconds(20));
            Assert.NotEqual(0, received);
            count -= received;
        }
    }
}
