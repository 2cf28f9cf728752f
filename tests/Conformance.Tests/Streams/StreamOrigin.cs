using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Confgen.Conformance.Tests.Streams;

/// <summary>
/// A TCP server that says its name on the first bytes, then sends back what it gets, and says <c>END</c> behind the client's end. One that
/// is brief ends its side behind its name, and goes on reading.
/// </summary>
internal sealed class StreamOrigin : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly string _name;
    private readonly bool _isBrief;
    private readonly Task _accepting;

    public StreamOrigin(string name, bool isBrief = false)
    {
        (_name, _isBrief) = (name, isBrief);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>What each connection with bytes has brought, once it is over; null for one that broke.</summary>
    public BlockingCollection<byte[]?> Ended { get; } = [];

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _accepting;
        Ended.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            try
            {
                _ = ServeAsync(await _listener.AcceptSocketAsync());
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        using Socket held = socket;
        var got = new MemoryStream();
        byte[] buffer = new byte[64 * 1024];
        try
        {
            int count;
            while ((count = await socket.ReceiveAsync(buffer)) > 0)
            {
                if (got.Length == 0)
                {
                    await socket.SendAsync(Encoding.ASCII.GetBytes(_name));
                    if (_isBrief)
                    {
                        socket.Shutdown(SocketShutdown.Send);
                    }
                }

                got.Write(buffer.AsSpan(0, count));
                if (!_isBrief)
                {
                    await socket.SendAsync(buffer.AsMemory(0, count));
                }
            }

            if (!_isBrief)
            {
                await socket.SendAsync("END"u8.ToArray());
            }

            // Whoever looks whether a program listens sends nothing.
            if (got.Length > 0)
            {
                Ended.Add(got.ToArray());
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            Ended.Add(null);
        }
    }
}
