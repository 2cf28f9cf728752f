using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Confgen.Runtime.Admin;

namespace Confgen.Cli.Serving;

/// <summary>Asks a running proxy's <c>/healthz</c>, as a container's health check does.</summary>
internal static class HealthQuestion
{
    // A status line and its fields are short.
    private const int LongestHead = 4096;

    /// <summary>Asks once.</summary>
    /// <param name="address">What <c>serve --admin</c> names.</param>
    /// <param name="within">How long the whole may take.</param>
    /// <param name="stopping">Set when the process is to end.</param>
    /// <returns>Null where it is healthy; else why it isn't, in words.</returns>
    public static async Task<string?> AskAsync(AdminAddress address, TimeSpan within, CancellationToken stopping)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        limit.CancelAfter(within);
        try
        {
            bool isUnix = address.EndPoint.AddressFamily == AddressFamily.Unix;
            using var socket = new Socket(
                address.EndPoint.AddressFamily,
                SocketType.Stream,
                isUnix ? ProtocolType.Unspecified : ProtocolType.Tcp
            );
            await socket.ConnectAsync(address.EndPoint, limit.Token);
            await socket.SendAsync("GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"u8.ToArray(), limit.Token);
            byte[] head = new byte[LongestHead];
            int length = 0;
            int received;
            while (length < head.Length && (received = await socket.ReceiveAsync(head.AsMemory(length), limit.Token)) > 0)
            {
                length += received;
            }

            return Judge(Encoding.Latin1.GetString(head, 0, length));
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            return string.Create(CultureInfo.InvariantCulture, $"no response within {within.TotalSeconds:0.###} s");
        }
        catch (SocketException e)
        {
            return e.Message;
        }
    }

    private static string? Judge(string response)
    {
        string[] parts = response.Split("\r\n", 2)[0].Split(' ');
        return parts is not [var protocol, var status, ..] || !protocol.StartsWith("HTTP/1.", StringComparison.Ordinal)
                ? "the response isn't HTTP"
            : status == "200" ? null
            : $"status {status}: {response.Split("\r\n\r\n", 2)[^1].Trim()}";
    }
}
