namespace Confgen.Compiler.Lint.Rules.Tls;

/// <summary>A certificate for <c>a.example.com</c> that expired in February 2020, for the page of <see cref="CertificateRule"/>.</summary>
internal static class ExpiredCertificate
{
    public const string Pem = """
        -----BEGIN CERTIFICATE-----
        MIIBWzCCAQCgAwIBAgIBATAKBggqhkjOPQQDAjAYMRYwFAYDVQQDDA1hLmV4YW1w
        bGUuY29tMB4XDTIwMDEwMTAwMDAwMFoXDTIwMDIwMTAwMDAwMFowGDEWMBQGA1UE
        AwwNYS5leGFtcGxlLmNvbTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABA1J5hlU
        poK9vD7bgBCU8WrQpyrwOl3sU9cyIwwunDRyCN7Otnv3oIHQ7x4WiapSjQGniuqb
        qgWoZvYGXrZes3qjOzA5MBgGA1UdEQQRMA+CDWEuZXhhbXBsZS5jb20wHQYDVR0O
        BBYEFDNBU9fFncN2pbNM3Zx5rCoHkyiyMAoGCCqGSM49BAMCA0kAMEYCIQCK0W3i
        sv4F/J3YFQg4Nnqu7HxoZfpyhdyAetYw9DqshQIhALU9w44rAcOMUO/vJ6rU5Dep
        aibT1v7kSqNm6pt2epAv
        -----END CERTIFICATE-----

        """;
}
