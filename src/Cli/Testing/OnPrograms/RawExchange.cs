using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using Confgen.Model.Rules;

namespace Confgen.Cli.Testing.OnPrograms;

/// <summary>Sends one request over HTTP/1.1 with every byte of its target as written, and reads the head of the response.</summary>
internal static class RawExchange
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(15);

    /// <summary>The response's head. An <see cref="IOException"/> tells why there is none.</summary>
    /// <param name="request">The request; its host is the name in the TLS handshake, too.</param>
    /// <param name="body">Its body; its headers say how long it is.</param>
    /// <param name="server">Where it is sent.</param>
    /// <param name="client">The address that it is sent from, or null for any.</param>
    /// <param name="verify">Whether the server's certificate must be valid for the host.</param>
    /// <param name="stop">Gives up.</param>
    public static async Task<MessageHead> SendAsync(
        EvaluatedRequest request,
        string body,
        EndPoint server,
        IPAddress? client,
        bool verify,
        CancellationToken stop
    )
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(_patience);
        try
        {
            using Socket socket = client is null
                ? new Socket(SocketType.Stream, ProtocolType.Tcp)
                : new Socket(client.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            if (client is not null)
            {
                socket.Bind(new IPEndPoint(client, 0));
            }

            await socket.ConnectAsync(server, limit.Token);
            await using Stream stream = await OpenAsync(socket, request, verify, limit.Token);
            try
            {
                await stream.WriteAsync(Encoding.Latin1.GetBytes(Text(request, body)), limit.Token);
            }
            catch (IOException)
            {
                // A refusal may come before all of the body is sent.
            }

            return await ResponseAsync(stream, limit.Token) ?? throw new IOException("the connection ended without a response");
        }
        catch (Exception e) when (e is SocketException or AuthenticationException)
        {
            throw new IOException(e.Message, e);
        }
        catch (OperationCanceledException e) when (!stop.IsCancellationRequested)
        {
            throw new IOException($"no response within {_patience.TotalSeconds:0} s", e);
        }
    }

    private static async Task<Stream> OpenAsync(Socket socket, EvaluatedRequest request, bool verify, CancellationToken stop)
    {
        var plain = new NetworkStream(socket);
        if (!request.Https)
        {
            return plain;
        }

        var tls = new SslStream(plain, leaveInnerStreamOpen: false);
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = request.HostName.Trim('[', ']'),
            ApplicationProtocols = [SslApplicationProtocol.Http11],
        };
        if (!verify)
        {
            // The user asked for it, or the certificate is one that was made for this run.
            options.RemoteCertificateValidationCallback = static (_, certificate, _, _) => certificate is not null;
        }

        try
        {
            await tls.AuthenticateAsClientAsync(options, stop);
            return tls;
        }
        catch
        {
            await tls.DisposeAsync();
            throw;
        }
    }

    // A text of the spec is UTF-8 on the wire; one character a byte from here on.
    private static string Text(EvaluatedRequest request, string body)
    {
        var text = new StringBuilder($"{request.Method} {Bytes(request.Target)} HTTP/1.1\r\nHost: {Bytes(request.Host)}\r\n");
        foreach ((string name, string value) in request.Headers)
        {
            text.Append($"{Bytes(name)}: {Bytes(value)}\r\n");
        }

        bool says = request.Headers.Any(h => h.Key.Equals("Connection", StringComparison.OrdinalIgnoreCase));
        return text.Append(says ? "\r\n" : "Connection: close\r\n\r\n").Append(Bytes(body)).ToString();
    }

    private static string Bytes(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));

    // Interim answers but 101 come before the one that counts (RFC 9110, section 15.2).
    private static async Task<MessageHead?> ResponseAsync(Stream stream, CancellationToken stop)
    {
        while (true)
        {
            MessageHead? head = await MessageHead.ReadAsync(stream, stop);
            if (
                head is null
                || !head.StartLine.Contains(" 1", StringComparison.Ordinal)
                || head.StartLine.Split(' ') is not [_, ['1', _, _] and not "101", ..]
            )
            {
                return head;
            }
        }
    }
}
