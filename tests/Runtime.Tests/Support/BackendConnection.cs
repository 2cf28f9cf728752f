using System.Net.Sockets;

namespace Confgen.Runtime.Tests.Support;

/// <summary>One connection at a backend.</summary>
internal sealed class BackendConnection(Backend backend, RawClient client, int number)
{
    public RawClient Client => client;

    /// <summary>1 for the first connection.</summary>
    public int Number => number;

    /// <summary>Receives one request, and records it.</summary>
    public async Task<BackendRequest> ReadRequestAsync()
    {
        string head = await client.ReadHeadAsync();
        var request = new BackendRequest(head, "");
        if (request.Field("Content-Length") is { } length)
        {
            request = request with { Body = await client.ReadAsync(int.Parse(length)) };
        }
        else if (request.Field("Transfer-Encoding") == "chunked")
        {
            string body = "";
            while (!body.EndsWith("0\r\n\r\n", StringComparison.Ordinal))
            {
                body += await client.ReadUntilAsync("\r\n");
                if (body.EndsWith("\r\n0\r\n", StringComparison.Ordinal) || body == "0\r\n")
                {
                    for (string line; (line = await client.ReadUntilAsync("\r\n")) != "\r\n"; )
                    {
                        body += line;
                    }

                    body += "\r\n";
                    break;
                }
            }

            request = request with { Body = body };
        }

        backend.Requests.Enqueue(request);
        return request;
    }

    public Task SendAsync(string bytes) => client.SendAsync(bytes);

    public async Task ResponseAllAsync(string response)
    {
        while (true)
        {
            await ReadRequestAsync();
            await SendAsync(response);
        }
    }

    /// <summary>Ends the connection with a reset.</summary>
    public void Reset()
    {
        client.Socket.LingerState = new LingerOption(true, 0);
        client.Dispose();
    }
}
