using System.Globalization;
using System.Net.Sockets;

namespace Confgen.Cli.Serving;

/// <summary>
/// Sockets handed over by the service manager, as sd_listen_fds(3) says: from descriptor 3 on, if they are meant for this process.
/// </summary>
internal static class SocketActivation
{
    private const int FirstDescriptor = 3;
    private const int MostDescriptors = 1024;

    /// <summary>The sockets; none where none were handed over.</summary>
    /// <param name="variable">The environment.</param>
    /// <param name="processId">This process.</param>
    /// <param name="problem">Why what was handed over can't be used; else null.</param>
    public static IReadOnlyList<Socket> Take(Func<string, string?> variable, int processId, out string? problem)
    {
        problem = null;
        if (
            !Is(variable("LISTEN_PID"), out int meant)
            || meant != processId
            || !Is(variable("LISTEN_FDS"), out int count)
            || count is < 1 or > MostDescriptors
        )
        {
            return [];
        }

        var sockets = new List<Socket>();
        for (int descriptor = FirstDescriptor; descriptor < FirstDescriptor + count; descriptor++)
        {
            try
            {
                var socket = new Socket(new SafeSocketHandle(descriptor, ownsHandle: true));
                sockets.Add(socket);
                if (socket.SocketType != SocketType.Stream)
                {
                    problem = $"descriptor {descriptor} was handed over and is no stream socket: write ListenStream= for it";
                }
            }
            catch (SocketException e)
            {
                problem = $"descriptor {descriptor} was handed over and is no socket: {e.Message}";
            }
        }

        return sockets;
    }

    private static bool Is(string? text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
