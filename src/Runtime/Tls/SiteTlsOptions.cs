using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Confgen.Model.Sites;
using Confgen.Runtime.Acme;

namespace Confgen.Runtime.Tls;

/// <summary>The handshakes of one site.</summary>
internal sealed class SiteTlsOptions
{
    private readonly SiteTls _config;
    private readonly ICertificate _certificate;
    private readonly List<SslApplicationProtocol> _protocols;
    private readonly CipherSuitesPolicy? _ciphers;
    private readonly X509Certificate2Collection? _clientAuthorities;
    private SslServerAuthenticationOptions? _options;

    /// <summary>Reads the authorities of clients, if there are any.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">The file holds no certificate.</exception>
    /// <exception cref="IOException">The file can't be read.</exception>
    public SiteTlsOptions(Site site, SiteTls config, ICertificate certificate)
    {
        (Site, _config, _certificate) = (site, config, certificate);
        _protocols = site.Http2 ? [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11] : [SslApplicationProtocol.Http11];
        _ciphers = CipherSuites.Policy(config.Ciphers);
        if (config.ClientCa is { } file)
        {
            _clientAuthorities = PemFiles.Certificates(file);
        }
    }

    /// <summary>The site.</summary>
    public Site Site { get; }

    /// <summary>When the certificate that is shown now expires; null where there is none yet.</summary>
    public DateTimeOffset? Expiry => _certificate.Current is { } current ? new(current.TargetCertificate.NotAfter) : null;

    /// <summary>What is shown of names that are being proven; null where the certificate isn't by ACME.</summary>
    public ChallengeProofs? Proofs => (_certificate as AutoCertificate)?.Proofs;

    /// <summary>
    /// The options for a handshake that begins now; the same ones until the certificate is renewed. Null where there is none yet.
    /// </summary>
    public SslServerAuthenticationOptions? Now()
    {
        if (_certificate.Current is not { } current)
        {
            return null;
        }

        if (Volatile.Read(ref _options) is { } made && ReferenceEquals(made.ServerCertificateContext, current))
        {
            return made;
        }

        SslServerAuthenticationOptions options = Make(current);
        if (_clientAuthorities is null)
        {
            // The check of a client's chain adds to its policy what the client has sent.
            Volatile.Write(ref _options, options);
        }

        return options;
    }

    /// <summary>As <see cref="Now"/>, for a caller that changes them.</summary>
    public SslServerAuthenticationOptions? Own() => _certificate.Current is { } current ? Make(current) : null;

    private SslServerAuthenticationOptions Make(SslStreamCertificateContext certificate)
    {
        var options = new SslServerAuthenticationOptions
        {
            ServerCertificateContext = certificate,
            EnabledSslProtocols = _config.MinVersion == TlsVersion.Tls13 ? SslProtocols.Tls13 : SslProtocols.Tls12 | SslProtocols.Tls13,
            ApplicationProtocols = _protocols,
            CipherSuitesPolicy = _ciphers,
            ClientCertificateRequired = _clientAuthorities is not null,
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
            AllowRenegotiation = false,
        };
        if (_clientAuthorities is not null)
        {
            options.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
            };
            options.CertificateChainPolicy.CustomTrustStore.AddRange(_clientAuthorities);

            // OID of client authentication: a server's certificate of the same authority is none.
            options.CertificateChainPolicy.ApplicationPolicy.Add(new System.Security.Cryptography.Oid("1.3.6.1.5.5.7.3.2"));
        }

        return options;
    }
}
