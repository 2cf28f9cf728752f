using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Confgen.Runtime.Resolving;

/// <summary>
/// Asks DNS servers: over UDP from a port of its own for each question, over TCP where the answer doesn't fit (RFC 7766), the next server
/// where one is silent or fails.
/// </summary>
internal sealed class DnsClient(TimeProvider time)
{
    private const int LongestMessage = 65535;

    /// <summary>The answer; null where no server gave one, or the name can't be asked about.</summary>
    public async Task<DnsAnswer?> AskAsync(ResolverConfig config, string name, DnsRecordType type, CancellationToken cancellation)
    {
        for (int attempt = 0; attempt < config.Attempts; attempt++)
        {
            foreach (IPEndPoint server in config.Servers)
            {
                if (DnsQuery.Of(name, type) is not { } query)
                {
                    return null;
                }

                DnsAnswer? response = await TryAskAsync(server, query, config.Timeout, cancellation);
                if (response is { Code: 0 or DnsAnswer.NoSuchName })
                {
                    return response;
                }
            }
        }

        return null;
    }

    private async Task<DnsAnswer?> TryAskAsync(IPEndPoint server, DnsQuery query, TimeSpan timeout, CancellationToken cancellation)
    {
        using var silence = new CancellationTokenSource(timeout, time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation, silence.Token);
        try
        {
            DnsAnswer response = await AskByUdpAsync(server, query, limit.Token);
            return response.IsTruncated ? await AskByTcpAsync(server, query, limit.Token) : response;
        }
        catch (Exception e)
            when (e is SocketException or IOException || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return null;
        }
    }

    private static async Task<DnsAnswer> AskByUdpAsync(IPEndPoint server, DnsQuery query, CancellationToken limit)
    {
        // A connected socket takes datagrams from this server alone, and the system gives it a random port.
        using var socket = new Socket(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        await socket.ConnectAsync(server, limit);
        await socket.SendAsync(query.Bytes, limit);
        byte[] buffer = new byte[LongestMessage];
        while (true)
        {
            int length = await socket.ReceiveAsync(buffer, limit);

            // What doesn't answer this question was sent by somebody who guesses, or is too late: the true answer may still come.
            if (DnsAnswer.Read(buffer.AsSpan(0, length), query) is { } response)
            {
                return response;
            }
        }
    }

    private static async Task<DnsAnswer?> AskByTcpAsync(IPEndPoint server, DnsQuery query, CancellationToken limit)
    {
        using var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(server, limit);
        using var stream = new NetworkStream(socket);

        // Each message has its length in front (RFC 1035, section 4.2.2).
        byte[] framed = new byte[query.Bytes.Length + 2];
        BinaryPrimitives.WriteUInt16BigEndian(framed, (ushort)query.Bytes.Length);
        query.Bytes.CopyTo(framed, 2);
        await stream.WriteAsync(framed, limit);
        byte[] head = new byte[2];
        await stream.ReadExactlyAsync(head, limit);
        byte[] message = new byte[BinaryPrimitives.ReadUInt16BigEndian(head)];
        await stream.ReadExactlyAsync(message, limit);
        return DnsAnswer.Read(message, query) is { IsTruncated: false } response ? response : null;
    }
}
