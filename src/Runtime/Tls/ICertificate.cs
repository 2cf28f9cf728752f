using System.Net.Security;

namespace Confgen.Runtime.Tls;

/// <summary>Where a site's certificate comes from.</summary>
internal interface ICertificate
{
    /// <summary>The certificate with its chain, as it is now; null where there is none yet.</summary>
    SslStreamCertificateContext? Current { get; }
}
