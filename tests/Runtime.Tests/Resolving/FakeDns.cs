using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Confgen.Runtime.Tests.Resolving;

/// <summary>A DNS server that sends what a test says, over UDP and TCP at one port.</summary>
internal sealed class FakeDns : IDisposable
{
    private readonly Socket _udp = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly Socket _tcp = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly Func<byte[], IEnumerable<byte[]>> _byUdp;
    private readonly Func<byte[], byte[]>? _byTcp;
    private int _asked;

    public FakeDns(Func<byte[], IEnumerable<byte[]>> byUdp, Func<byte[], byte[]>? byTcp = null)
    {
        (_byUdp, _byTcp) = (byUdp, byTcp);
        EndPoint = new IPEndPoint(IPAddress.Loopback, FreePort.Next());
        _udp.Bind(EndPoint);
        _tcp.Bind(EndPoint);
        _tcp.Listen();
        _ = ServeUdpAsync();
        _ = ServeTcpAsync();
    }

    public IPEndPoint EndPoint { get; }

    public int Asked => Volatile.Read(ref _asked);

    public void Dispose()
    {
        _udp.Dispose();
        _tcp.Dispose();
    }

    private async Task ServeUdpAsync()
    {
        byte[] buffer = new byte[65535];
        try
        {
            while (true)
            {
                SocketReceiveFromResult got = await _udp.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0));
                Interlocked.Increment(ref _asked);
                foreach (byte[] response in _byUdp(buffer[..got.ReceivedBytes]))
                {
                    await _udp.SendToAsync(response, got.RemoteEndPoint);
                }
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeTcpAsync()
    {
        try
        {
            while (true)
            {
                using Socket client = await _tcp.AcceptAsync();
                client.NoDelay = true;
                using var stream = new NetworkStream(client);
                byte[] size = new byte[2];
                await stream.ReadExactlyAsync(size);
                byte[] question = new byte[BinaryPrimitives.ReadUInt16BigEndian(size)];
                await stream.ReadExactlyAsync(question);

                // Byte by byte, each in a segment of its own.
                byte[] response = _byTcp!(question);
                BinaryPrimitives.WriteUInt16BigEndian(size, (ushort)response.Length);
                foreach (byte octet in (byte[])[.. size, .. response])
                {
                    await stream.WriteAsync(new[] { octet });
                    await Task.Yield();
                }
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or IOException)
        {
            // The test is over.
        }
    }
}
