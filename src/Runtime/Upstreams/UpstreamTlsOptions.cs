using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Confgen.Model.Upstreams;
using Confgen.Runtime.Tls;

namespace Confgen.Runtime.Upstreams;

/// <summary>TLS towards the servers of an upstream. The certificates are read once, when the upstream is built.</summary>
internal sealed class UpstreamTlsOptions
{
    private readonly UpstreamTls _config;
    private readonly string _version;
    private readonly X509Certificate2Collection? _authorities;
    private readonly SslStreamCertificateContext? _certificate;

    /// <summary>Reads the files that the spec names.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">A file holds no certificate or key.</exception>
    /// <exception cref="IOException">A file can't be read.</exception>
    public UpstreamTlsOptions(UpstreamTls config)
    {
        _config = config;
        _version = Version(config);
        if (config.Ca is not null)
        {
            _authorities = PemFiles.Certificates(config.Ca);
        }

        if (config.Cert is not null)
        {
            X509Certificate2Collection chain = PemFiles.Certificates(config.Cert);
            _certificate = SslStreamCertificateContext.Create(PemFiles.CertificateWithKey(config.Cert, config.Key), chain, offline: true);
        }
    }

    /// <summary>Whether the files are still those that were read.</summary>
    public bool IsCurrent => Version(_config) == _version;

    /// <summary>For HTTP/1.1.</summary>
    public SslClientAuthenticationOptions Http1(string host) => Of(host, SslApplicationProtocol.Http11);

    /// <summary>For HTTP/2.</summary>
    public SslClientAuthenticationOptions Http2(string host) => Of(host, SslApplicationProtocol.Http2);

    private static string Version(UpstreamTls config) =>
        string.Join(
            ' ',
            new[] { config.Ca, config.Cert, config.Key }
                .OfType<string>()
                .Select(path => new FileInfo(path))
                .Select(file => file.Exists ? string.Create(null, $"{file.Length}:{file.LastWriteTimeUtc.Ticks}") : "")
        );

    private SslClientAuthenticationOptions Of(string host, SslApplicationProtocol protocol)
    {
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = _config.ServerName ?? host,
            ApplicationProtocols = [protocol],
            ClientCertificateContext = _certificate,
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        };
        if (!_config.Verify)
        {
            options.RemoteCertificateValidationCallback = (_, _, _, errors) => errors == SslPolicyErrors.None || !_config.Verify;
        }
        else if (_authorities is not null)
        {
            options.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
            };
            options.CertificateChainPolicy.CustomTrustStore.AddRange(_authorities);
        }

        return options;
    }
}
