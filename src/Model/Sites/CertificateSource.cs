namespace Confgen.Model.Sites;

/// <summary>Where a site's certificate comes from.</summary>
public enum CertificateSource
{
    /// <summary>Obtained and renewed by ACME (RFC 8555).</summary>
    Auto,

    /// <summary>From a local authority, for development.</summary>
    Internal,

    /// <summary>From PEM files.</summary>
    Files,
}
