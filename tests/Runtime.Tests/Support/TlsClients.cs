using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Confgen.Runtime.Tests.Support;

internal static class TlsClients
{
    /// <summary>A raw client over TLS; the server's certificate is returned.</summary>
    public static async Task<(RawClient Client, X509Certificate2 Certificate, SslStream Tls)> ConnectAsync(
        int port,
        string? name,
        X509Certificate2? own = null,
        params SslApplicationProtocol[] protocols
    )
    {
        RawClient plain = RawClient.To(port);
        var tls = new SslStream(plain.Stream);
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = name,
            RemoteCertificateValidationCallback = (_, shown, _, _) => shown is not null,
            ApplicationProtocols = [.. protocols],
        };
        if (own is not null)
        {
            options.ClientCertificates = [own];
        }

        await tls.AuthenticateAsClientAsync(options);
        return (new RawClient(tls, plain.Socket), new X509Certificate2(tls.RemoteCertificate!), tls);
    }
}
