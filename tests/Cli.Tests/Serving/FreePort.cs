using System.Net;
using System.Net.Sockets;

namespace Confgen.Cli.Tests.Serving;

internal static class FreePort
{
    private static readonly HashSet<int> _given = [];

    /// <summary>A port that is free, and that no other test of this run was given.</summary>
    public static int Next()
    {
        while (true)
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            int port = ((IPEndPoint)socket.LocalEndPoint!).Port;
            lock (_given)
            {
                if (_given.Add(port))
                {
                    return port;
                }
            }
        }
    }
}
