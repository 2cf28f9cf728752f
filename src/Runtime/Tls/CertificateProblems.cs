using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using Confgen.Model.Units;

namespace Confgen.Runtime.Tls;

/// <summary>Why clients refuse a certificate, as far as the certificate alone shows it.</summary>
internal static class CertificateProblems
{
    /// <summary>Each problem as a sentence without its end; none for a good certificate.</summary>
    /// <param name="certificate">The certificate of the site.</param>
    /// <param name="hosts">The hosts of the site.</param>
    /// <param name="now">The time.</param>
    public static IEnumerable<string> Of(X509Certificate2 certificate, IReadOnlyList<HostPattern> hosts, DateTimeOffset now)
    {
        if (now > new DateTimeOffset(certificate.NotAfter))
        {
            yield return $"the certificate expired at {Utc(certificate.NotAfter)}";
        }

        if (now < new DateTimeOffset(certificate.NotBefore))
        {
            yield return $"the certificate is not valid before {Utc(certificate.NotBefore)}";
        }

        foreach (HostPattern host in hosts)
        {
            // A name below a wildcard stands for all of them.
            string name = host.ToString().Trim('[', ']');
            if (
                host.Kind is HostPatternKind.Exact or HostPatternKind.Wildcard
                && !certificate.MatchesHostname(name.StartsWith("*.", StringComparison.Ordinal) ? "any" + name[1..] : name)
            )
            {
                yield return $"the certificate is not for '{host}'";
            }
        }
    }

    private static string Utc(DateTime time) => time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
