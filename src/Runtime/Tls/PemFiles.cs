using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Confgen.Files;

namespace Confgen.Runtime.Tls;

/// <summary>Certificates and keys in PEM files (RFC 7468).</summary>
internal static class PemFiles
{
    // The largest bundle of public authorities is a quarter of a megabyte.
    private const int LargestFile = 4 * 1024 * 1024;

    /// <summary>All certificates of a file.</summary>
    /// <exception cref="CryptographicException">The file holds something that isn't a certificate.</exception>
    /// <exception cref="IOException">It can't be read, isn't a regular file or is too large.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not read it.</exception>
    public static X509Certificate2Collection Certificates(string file)
    {
        X509Certificate2Collection found = [];
        found.ImportFromPem(RegularFile.ReadText(file, LargestFile));
        return found;
    }

    /// <summary>
    /// The first certificate of a file with its key, which may stand in the same file. Throws as <see cref="Certificates"/>.
    /// </summary>
    public static X509Certificate2 CertificateWithKey(string cert, string? key) =>
        X509Certificate2.CreateFromPem(RegularFile.ReadText(cert, LargestFile), RegularFile.ReadText(key ?? cert, LargestFile));
}
