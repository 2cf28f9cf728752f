using System.Buffers.Text;
using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Confgen.Files;

namespace Confgen.Runtime.Acme;

/// <summary>
/// A certificate with its key and chain in one file, so that they are exchanged at once. What it was ordered by stands above them.
/// </summary>
/// <param name="Source">The directory of the authority, and the profile.</param>
/// <param name="Names">The names that it is for.</param>
/// <param name="NotBefore">When it begins.</param>
/// <param name="NotAfter">When it ends.</param>
/// <param name="Id">What renewal information calls it (RFC 9773, section 4.1); null where the certificate lacks what makes it.</param>
internal sealed record StoredCertificate(
    string Source,
    IReadOnlySet<string> Names,
    DateTimeOffset NotBefore,
    DateTimeOffset NotAfter,
    string? Id
)
{
    /// <summary>The file in the certificate's folder.</summary>
    public const string FileName = "certificate.pem";

    private const string Comment = "# ordered from ";

    /// <summary>Reads one; null where there is none that can be used.</summary>
    public static StoredCertificate? Read(string path)
    {
        if (AcmeStorage.Read(path) is not { } pem)
        {
            return null;
        }

        try
        {
            using var certificate = X509Certificate2.CreateFromPem(pem, pem);
            string first = pem.Split('\n', 2)[0].TrimEnd('\r');
            return Of(certificate, first.StartsWith(Comment, StringComparison.Ordinal) ? first[Comment.Length..] : "");
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Writes what an authority has issued.</summary>
    /// <param name="path">The file.</param>
    /// <param name="source">The directory of the authority, and the profile.</param>
    /// <param name="names">The names that were ordered.</param>
    /// <param name="key">The key in PEM.</param>
    /// <param name="chain">The certificate with its chain in PEM.</param>
    /// <exception cref="AcmeException">It isn't what was ordered.</exception>
    public static StoredCertificate Write(string path, string source, IReadOnlyList<string> names, string key, string chain)
    {
        try
        {
            X509Certificate2Collection issued = [];
            issued.ImportFromPem(chain);
            using var certificate = X509Certificate2.CreateFromPem(chain, key);
            var stored = Of(certificate, source);
            if (names.FirstOrDefault(n => !stored.Names.Contains(n)) is { } missing)
            {
                throw Unusable($"it is not for '{missing}'", null);
            }

            var text = new StringBuilder().Append(Comment).Append(source).Append('\n').Append(key.TrimEnd()).Append('\n');
            foreach (X509Certificate2 link in issued)
            {
                text.Append(link.ExportCertificatePem()).Append('\n');
                link.Dispose();
            }

            SecretFile.Write(path, Encoding.ASCII.GetBytes(text.ToString()));
            return stored;
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw Unusable(e.Message, e);
        }
    }

    private static AcmeException Unusable(string why, Exception? inner) =>
        new($"the certificate that was issued can't be used: {why}", inner) { Problem = new AcmeProblem("", why), IsFinal = true };

    private static StoredCertificate Of(X509Certificate2 certificate, string source)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (X509SubjectAlternativeNameExtension extension in certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>())
        {
            names.UnionWith(extension.EnumerateDnsNames());
            names.UnionWith(extension.EnumerateIPAddresses().Select(a => a.ToString()));
        }

        return new StoredCertificate(
            source,
            names,
            new DateTimeOffset(certificate.NotBefore),
            new DateTimeOffset(certificate.NotAfter),
            IdOf(certificate)
        );
    }

    // The serial number as DER has it: without needless zeros, and with one before a bit that would be a sign.
    private static string? IdOf(X509Certificate2 certificate)
    {
        try
        {
            ReadOnlySpan<byte> serial = certificate.SerialNumberBytes.Span.TrimStart((byte)0);
            byte[] number = serial.Length == 0 || serial[0] >= 0x80 ? [0, .. serial] : [.. serial];
            return
                certificate.Extensions.OfType<X509AuthorityKeyIdentifierExtension>().FirstOrDefault()?.KeyIdentifier
                    is { Length: > 0 } authority
                ? $"{Base64Url.EncodeToString(authority.Span)}.{Base64Url.EncodeToString(number)}"
                : null;
        }
        catch (Exception e) when (e is CryptographicException or AsnContentException)
        {
            return null;
        }
    }
}
