using System.Net;
using System.Net.Sockets;

namespace Confgen.Cli.Testing.OnPrograms;

/// <summary>
/// Free ports for programs that must be told theirs before they start. They lie below the range from which the kernel takes the ports of
/// outgoing connections, all have five digits, and each is handed out once.
/// </summary>
internal static class FreePorts
{
    private const int First = 12_000;
    private const int Last = 32_000;
    private static int _next = Environment.ProcessId * 131 % (Last - First);

    public static int Take()
    {
        for (int tries = 0; tries < Last - First; tries++)
        {
            int port = First + (int)((uint)Interlocked.Increment(ref _next) % (Last - First));
            using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                probe.Bind(new IPEndPoint(IPAddress.Any, port));
                return port;
            }
            catch (SocketException)
            {
                // In use: the next one.
            }
        }

        throw new IOException("no port is free");
    }
}
