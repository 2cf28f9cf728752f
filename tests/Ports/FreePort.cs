using System.Net;
using System.Net.Sockets;

namespace Confgen.Tests.Ports;

/// <summary>
/// Free ports for programs that must be told theirs before they start. They lie below the range from which the kernel takes the ports
/// of outgoing connections, each is handed out once, and one that is taken at this moment is passed over.
/// </summary>
internal static class FreePort
{
    private const int First = 12_000;
    private const int Last = 32_000;
    private static int _next = Environment.ProcessId * 97 % (Last - First);

    public static int Next()
    {
        while (true)
        {
            int port = First + (int)((uint)Interlocked.Increment(ref _next) % (Last - First));
            try
            {
                using var probe = new TcpListener(IPAddress.Any, port);
                probe.Start();
                return port;
            }
            catch (SocketException)
            {
                // In use: the next one.
            }
        }
    }

    public static int[] Several(int count) => [.. Enumerable.Range(0, count).Select(_ => Next())];
}
