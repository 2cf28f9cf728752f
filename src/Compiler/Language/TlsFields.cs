using Confgen.Compiler.Schema;
using Confgen.Model.Sites;

namespace Confgen.Compiler.Language;

/// <summary>The fields of <c>tls</c>.</summary>
public static class TlsFields
{
    /// <summary>The suites of TLS 1.2 that can be offered: AEAD with ECDHE, which OpenSSL, Go and .NET all have.</summary>
    public static readonly IReadOnlyList<string> CipherSuites =
    [
        "ECDHE-ECDSA-AES128-GCM-SHA256",
        "ECDHE-RSA-AES128-GCM-SHA256",
        "ECDHE-ECDSA-AES256-GCM-SHA384",
        "ECDHE-RSA-AES256-GCM-SHA384",
        "ECDHE-ECDSA-CHACHA20-POLY1305",
        "ECDHE-RSA-CHACHA20-POLY1305",
    ];

    public static readonly Field Cert = new("cert", TypeSchema.Path, "The PEM file with the certificate chain; needs `key`.")
    {
        Example = "/etc/ssl/chat.pem",
    };

    public static readonly Field Key = new("key", TypeSchema.Path, "The PEM file with the private key.") { Example = "/etc/ssl/chat.key" };

    public static readonly WordField<CertificateSource> From = new(
        "from",
        "Where the certificate comes from if not from files: ACME, or a local authority for development.",
        null,
        [("auto", CertificateSource.Auto), ("internal", CertificateSource.Internal)]
    )
    {
        Example = "auto",
    };

    public static readonly WordField<TlsVersion> MinVersion = new(
        "min_version",
        "The lowest version offered.",
        new SiteTls { Source = CertificateSource.Auto }.MinVersion,
        [("1.2", TlsVersion.Tls12), ("1.3", TlsVersion.Tls13)]
    );

    public static readonly Field Ciphers = new(
        "ciphers",
        new TypeSchema.ListOf(new TypeSchema.Choice([.. CipherSuites])),
        "Cipher suites of TLS 1.2 by their OpenSSL names, the preferred first; the program's own unless written."
    )
    {
        Example = "[ECDHE-ECDSA-AES128-GCM-SHA256]",
    };

    public static readonly Field ClientCa = new(
        "client_ca",
        TypeSchema.Path,
        "A PEM file: only clients with a certificate of these authorities are served."
    );

    public static readonly TypeSchema Type = new TypeSchema.AnyOf(
        new TypeSchema.Choice("auto", "internal", "off"),
        new TypeSchema.Fields(() => TlsFields.Schema!)
    );

    public static readonly ObjectSchema Schema = new("tls", "TLS of a site.", Cert, Key, From, MinVersion, Ciphers, ClientCa)
    {
        Needs = [("cert", "key"), ("key", "cert")],
        NotBeside = [("from", ["cert", "key"])],
    };
}
