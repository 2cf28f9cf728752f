using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Confgen.Conformance.Tests.Cases;

namespace Confgen.Conformance.Tests.Wire;

/// <summary>How a client speaks TLS: nothing about the server's certificate is verified, that is judged apart.</summary>
internal static class ClientTls
{
    /// <summary>Makes the options.</summary>
    /// <param name="tls">What the case says.</param>
    /// <param name="certificate">The client's certificate, or null.</param>
    /// <param name="http2">Whether HTTP/2 is offered.</param>
    /// <param name="seen">Told of the server's certificate.</param>
    public static SslClientAuthenticationOptions Options(
        RequestTls tls,
        X509Certificate2? certificate,
        bool http2,
        Action<X509Certificate2> seen
    ) =>
        new()
        {
            // An address is never sent as a server name.
            TargetHost = tls.ServerName.Length == 0 ? "127.0.0.1" : tls.ServerName,
            EnabledSslProtocols = tls.Protocols,
            CipherSuitesPolicy = tls.Ciphers.Count == 0 ? null : new CipherSuitesPolicy(tls.Ciphers),
            ClientCertificates = certificate is null ? null : [certificate],
            LocalCertificateSelectionCallback = certificate is null ? null : (_, _, _, _, _) => certificate,
            ApplicationProtocols = http2 ? [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11] : [SslApplicationProtocol.Http11],
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
            RemoteCertificateValidationCallback = (_, server, _, _) =>
            {
                if (server is X509Certificate2 { } found)
                {
                    seen(found);
                }

                return true;
            },
        };
}
