using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Confgen.Model.Sites;
using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Tls;

/// <summary>Brings a connection under TLS.</summary>
internal static class TlsHandshake
{
    /// <summary>
    /// Shakes hands; <see cref="TlsHandshakeResult.Plain"/> where the client speaks plain HTTP, null where it says nothing or fails.
    /// </summary>
    public static async ValueTask<TlsHandshakeResult?> RunAsync(Connection wire, TlsTable table, TimeSpan timeout, DeadlineWatch watch)
    {
        // Not a token: each receive would have to register with it.
        var limit = new Limit(wire);
        limit.Set(watch.After(timeout));
        watch.Add(limit);
        try
        {
            return await RunAsync(wire, table);
        }
        finally
        {
            watch.Remove(limit);
        }
    }

    private static async ValueTask<TlsHandshakeResult?> RunAsync(Connection wire, TlsTable table)
    {
        try
        {
            byte[] first = new byte[1];
            if (await wire.ReceiveBelowAsync(first, SocketFlags.Peek) == 0 || char.IsAsciiLetter((char)first[0]))
            {
                return first[0] == 0 ? null : TlsHandshakeResult.Plain;
            }
        }
        catch (Exception e) when (InputBuffer.IsTransportFault(e))
        {
            return null;
        }

        var stream = new SslStream(new WireStream(wire));
        (string? name, Site? site) = (null, null);
        try
        {
            await stream.AuthenticateAsServerAsync(
                (_, hello, _, _) =>
                {
                    name = hello.ServerName;
                    SiteTlsOptions chosen = table.For(hello.ServerName);
                    site = chosen.Site;
                    return ValueTask.FromResult(chosen.Now());
                },
                null
            );
            wire.Secure(stream);
            bool isHttp2 = stream.NegotiatedApplicationProtocol == SslApplicationProtocol.Http2;
            return new TlsHandshakeResult(string.IsNullOrEmpty(name) ? null : name.ToLowerInvariant(), site, isHttp2);
        }
        catch (Exception e) when (InputBuffer.IsTransportFault(e) || e is AuthenticationException)
        {
            return null;
        }
    }

    private sealed class Limit(Connection connection) : Deadline
    {
        protected override void Expire() => connection.ShutDown();
    }
}
