namespace Confgen.Model.Acme;

/// <summary>Where the certificates of <c>tls: auto</c> come from, and how.</summary>
public sealed record AcmeSettings : SpecNode
{
    /// <summary>Let's Encrypt.</summary>
    public const string DefaultCa = "https://acme-v02.api.letsencrypt.org/directory";

    /// <summary>The URL of the authority's directory.</summary>
    public string Ca { get; init; } = DefaultCa;

    /// <summary>A PEM file with the authorities that the directory's own certificate is verified by; the system's unless written.</summary>
    public string? CaRoot { get; init; }

    /// <summary>Where the authority writes to its account; none unless written.</summary>
    public string? Email { get; init; }

    /// <summary>The account at the authority that the ACME account is bound to; none unless written.</summary>
    public AcmeBinding? Eab { get; init; }

    /// <summary>The kind of certificate by the authority's own name for it; the authority's usual kind unless written.</summary>
    public string? Profile { get; init; }

    /// <summary>The folder of accounts and certificates; below the proxy's state unless written.</summary>
    public string? Storage { get; init; }

    /// <summary>
    /// The challenges in the order in which they are tried; HTTP and TLS-ALPN unless written, DNS alone where <see cref="Dns"/> is.
    /// </summary>
    public ValueList<AcmeChallenge> Challenges { get; init; } = [AcmeChallenge.Http, AcmeChallenge.TlsAlpn];

    /// <summary>How records of DNS are written; none unless written.</summary>
    public AcmeDns? Dns { get; init; }
}
