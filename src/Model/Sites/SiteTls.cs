namespace Confgen.Model.Sites;

/// <summary>TLS of a site.</summary>
public sealed record SiteTls : SpecNode
{
    /// <summary>Where the certificate comes from.</summary>
    public required CertificateSource Source { get; init; }

    /// <summary>The PEM file with the certificate chain, for <see cref="CertificateSource.Files"/>.</summary>
    public string? Cert { get; init; }

    /// <summary>The PEM file with the private key, for <see cref="CertificateSource.Files"/>.</summary>
    public string? Key { get; init; }

    /// <summary>The lowest version offered; default 1.2 (RFC 8996 retires the older ones).</summary>
    public TlsVersion MinVersion { get; init; } = TlsVersion.Tls12;

    /// <summary>Cipher suites of TLS 1.2 by their OpenSSL names, the preferred first; the target's own unless written.</summary>
    public ValueList<string> Ciphers { get; init; } = [];

    /// <summary>A PEM file: only clients with a certificate of these authorities are served. None unless written.</summary>
    public string? ClientCa { get; init; }
}
