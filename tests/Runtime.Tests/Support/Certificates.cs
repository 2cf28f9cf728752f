using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Confgen.Runtime.Tests.Support;

/// <summary>An authority of a test, with certificates in a temporary directory.</summary>
internal sealed class Certificates : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _root;

    public Certificates()
    {
        Directory = System.IO.Directory.CreateTempSubdirectory("confgen-test-").FullName;
        var request = new CertificateRequest("CN=test authority", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        _root = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-20), DateTimeOffset.UtcNow.AddDays(20));
        Authority = Path.Combine(Directory, "ca.pem");
        File.WriteAllText(Authority, _root.ExportCertificatePem());
    }

    public string Directory { get; }

    /// <summary>The file with the authority.</summary>
    public string Authority { get; }

    /// <summary>Writes NAME.pem and NAME.key.</summary>
    public (string Cert, string Key) Issue(string name, bool client = false, int from = -1, int until = 5)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=" + name, key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(name, out IPAddress? address))
        {
            names.AddIpAddress(address);
        }
        else
        {
            names.AddDnsName(name);
        }

        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(
            new X509EnhancedKeyUsageExtension([new Oid(client ? "1.3.6.1.5.5.7.3.2" : "1.3.6.1.5.5.7.3.1")], false)
        );
        using X509Certificate2 made = request.Create(
            _root,
            DateTimeOffset.UtcNow.AddDays(from),
            DateTimeOffset.UtcNow.AddDays(until),
            RandomNumberGenerator.GetBytes(8)
        );
        (string cert, string file) = (Path.Combine(Directory, name + ".pem"), Path.Combine(Directory, name + ".key"));
        File.WriteAllText(cert, made.ExportCertificatePem());
        File.WriteAllText(file, key.ExportPkcs8PrivateKeyPem());
        return (cert, file);
    }

    public void Dispose()
    {
        _root.Dispose();
        _key.Dispose();
        System.IO.Directory.Delete(Directory, recursive: true);
    }
}
