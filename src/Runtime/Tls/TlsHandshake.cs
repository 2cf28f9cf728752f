using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Confgen.Model.Sites;
using Confgen.Runtime.Acme;
using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Tls;

/// <summary>Brings a connection under TLS.</summary>
internal static class TlsHandshake
{
    // A fatal alert (RFC 8446, section 6): internal_error, as Caddy has it.
    private static readonly byte[] _internalError = [21, 3, 3, 0, 2, 2, 80];

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

        var below = new WireStream(wire);
        if (table.Proofs is not null)
        {
            below.Keep();
        }

        var stream = new SslStream(below);
        (string? name, Site? site) = (null, null);
        bool hasNoCertificate = false;
        try
        {
            await stream.AuthenticateAsServerAsync(
                (_, hello, _, _) =>
                {
                    name = hello.ServerName;
                    if (Proof(table, hello.ServerName, below) is { } proof)
                    {
                        return ValueTask.FromResult(proof);
                    }

                    SiteTlsOptions chosen = table.For(hello.ServerName);
                    site = chosen.Site;
                    hasNoCertificate = chosen.Now() is null;
                    return ValueTask.FromResult(chosen.Now() ?? throw new AuthenticationException("the site has no certificate yet"));
                },
                null
            );
            wire.Secure(stream);
            if (stream.NegotiatedApplicationProtocol == ChallengeProofs.Alpn)
            {
                // The handshake is the proof; nothing follows (RFC 8737, section 3).
                return null;
            }

            bool isHttp2 = stream.NegotiatedApplicationProtocol == SslApplicationProtocol.Http2;
            return new TlsHandshakeResult(string.IsNullOrEmpty(name) ? null : name.ToLowerInvariant(), site, isHttp2);
        }
        catch (Exception e) when (InputBuffer.IsTransportFault(e) || e is AuthenticationException)
        {
            if (hasNoCertificate)
            {
                await RefuseAsync(wire);
            }

            return null;
        }
    }

    // The protocol decides on the certificate, and the platform tells the name alone before.
    private static SslServerAuthenticationOptions? Proof(TlsTable table, string name, WireStream below)
    {
        SslServerAuthenticationOptions? proof =
            table.Proofs is { } proofs && ClientHello.OffersAlone(below.Kept, ChallengeProofs.Alpn.Protocol.Span)
                ? proofs.ForName(name)
                : null;
        below.Forget();
        return proof;
    }

    // The platform closes the connection without a word: a client is to hear that it isn't the network.
    private static async ValueTask RefuseAsync(Connection wire)
    {
        try
        {
            await wire.SendAsync(_internalError);
        }
        catch (Exception e) when (InputBuffer.IsTransportFault(e))
        {
            // It is gone.
        }
    }

    private sealed class Limit(Connection connection) : Deadline
    {
        protected override void Expire() => connection.ShutDown();
    }
}
