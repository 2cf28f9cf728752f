namespace Confgen.Model.Acme;

/// <summary>How an authority is shown that a name is ours.</summary>
public enum AcmeChallenge
{
    /// <summary>By a file over plain HTTP (RFC 8555, section 8.3).</summary>
    Http,

    /// <summary>By a certificate in a TLS handshake (RFC 8737).</summary>
    TlsAlpn,

    /// <summary>By a TXT record (RFC 8555, section 8.4).</summary>
    Dns,
}
