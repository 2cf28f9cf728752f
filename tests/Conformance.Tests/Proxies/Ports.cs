using System.Net;
using System.Net.Sockets;

namespace Confgen.Conformance.Tests.Proxies;

/// <summary>
/// Free ports for programs that must be told theirs before they start. They lie below the range from which the kernel takes the ports
/// of outgoing connections, each is handed out once, and one that is taken at this moment is passed over.
/// </summary>
internal static class Ports
{
    private const int First = 12_000;
    private const int Last = 32_000;
    private static int _next = First + (Environment.ProcessId * 97 % (Last - First));

    public static int Take()
    {
        while (true)
        {
            int port = First + ((Interlocked.Increment(ref _next) - First) % (Last - First));
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
}
