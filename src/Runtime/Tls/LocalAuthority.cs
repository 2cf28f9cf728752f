using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Confgen.Model.Units;

namespace Confgen.Runtime.Tls;

/// <summary>
/// The authority behind <c>tls: internal</c>: made once and kept, so that a developer trusts it once. Certificates of sites are made at
/// each start and live in memory alone.
/// </summary>
internal sealed class LocalAuthority
{
    private static readonly TimeSpan _rootLife = TimeSpan.FromDays(3650);

    // What Apple's clients still take of a private authority.
    private static readonly TimeSpan _siteLife = TimeSpan.FromDays(397);

    private readonly X509Certificate2 _root;
    private readonly TimeProvider _time;

    private LocalAuthority(X509Certificate2 root, string file, TimeProvider time) => (_root, File, _time) = (root, file, time);

    /// <summary>The file with the authority's certificate, which clients are to trust.</summary>
    public string File { get; }

    /// <summary>Opens the authority of a directory, or makes it.</summary>
    /// <exception cref="IOException">The directory can't be written.</exception>
    public static LocalAuthority Open(string directory, TimeProvider time)
    {
        (string cert, string key) = (Path.Combine(directory, "local-authority.crt"), Path.Combine(directory, "local-authority.key"));
        if (!System.IO.File.Exists(cert) || !System.IO.File.Exists(key))
        {
            Directory.CreateDirectory(directory);
            using X509Certificate2 made = Make(time);
            using ECDsa? secret = made.GetECDsaPrivateKey();
            WriteSecret(key, secret?.ExportPkcs8PrivateKeyPem() ?? throw new CryptographicException("the new key is no ECDSA key"));
            System.IO.File.WriteAllText(cert, made.ExportCertificatePem() + "\n");
        }

        return new LocalAuthority(PemFiles.CertificateWithKey(cert, key), cert, time);
    }

    /// <summary>A certificate for a site.</summary>
    public ICertificate Issue(IEnumerable<HostPattern> hosts)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var names = new SubjectAlternativeNameBuilder();
        string first = "localhost";
        foreach (HostPattern host in hosts)
        {
            first = host.Kind == HostPatternKind.Any ? first : host.ToString();
            if (host.Kind == HostPatternKind.Any)
            {
                names.AddDnsName("localhost");
                names.AddIpAddress(IPAddress.Loopback);
                names.AddIpAddress(IPAddress.IPv6Loopback);
            }
            else if (IPAddress.TryParse(host.ToString().Trim('[', ']'), out IPAddress? address))
            {
                names.AddIpAddress(address);
            }
            else
            {
                names.AddDnsName(host.ToString());
            }
        }

        var request = new CertificateRequest($"CN=\"{first}\"", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(
            new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, 0, critical: true)
        );
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));
        DateTimeOffset now = _time.GetUtcNow();
        var rootEnd = new DateTimeOffset(_root.NotAfter);
        DateTimeOffset until = now + _siteLife < rootEnd ? now + _siteLife : rootEnd;
        using X509Certificate2 bare = request.Create(_root, now.AddHours(-1), until, RandomNumberGenerator.GetBytes(16));
        return new Issued(SslStreamCertificateContext.Create(bare.CopyWithPrivateKey(key), [_root], offline: true));
    }

    private static X509Certificate2 Make(TimeProvider time)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=confgen local authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(
            new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: true, 0, critical: true)
        );
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true)
        );
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        DateTimeOffset now = time.GetUtcNow();
        return request.CreateSelfSigned(now.AddHours(-1), now + _rootLife);
    }

    private static void WriteSecret(string file, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var stream = new FileStream(file, options);
        stream.Write(System.Text.Encoding.ASCII.GetBytes(text + "\n"));
    }

    private sealed record Issued(SslStreamCertificateContext? Current) : ICertificate;
}
