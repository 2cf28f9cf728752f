using System.Net.Security;

namespace Confgen.Runtime.Tls;

/// <summary>Where a site's certificate comes from.</summary>
internal interface ICertificate
{
    /// <summary>The certificate with its chain, as it is now.</summary>
    SslStreamCertificateContext Current { get; }
}
