using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Confgen.Conformance.Tests.Running;

/// <summary>
/// The certificates of a test run, made anew in a folder of their own: an authority (<c>ca.pem</c>), and by it <c>site</c> for the hosts
/// of the cases, <c>upstream</c> for upstream.test and 127.0.0.1, and <c>client</c>; <c>stranger</c> comes from another authority.
/// </summary>
internal sealed class Certificates : IDisposable
{
    private static readonly DateTimeOffset _from = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset _to = new(2049, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Dictionary<string, X509Certificate2> _made = [];

    public Certificates()
    {
        Folder = Directory.CreateTempSubdirectory("confgen-certificates-").FullName;
        using X509Certificate2 authority = Authority("ca");
        using X509Certificate2 other = Authority("other-ca");
        Make("site", authority, "a.test", "b.test", "c.test", "*.wild.test", "127.0.0.1");
        Make("b", authority, "b.test");
        Make("upstream", authority, "upstream.test", "127.0.0.1");
        Make("client", authority, "client.test");
        Make("stranger", other, "a.test", "upstream.test", "127.0.0.1");
    }

    public string Folder { get; }

    public X509Certificate2 this[string name] => _made[name];

    public void Dispose()
    {
        foreach (X509Certificate2 certificate in _made.Values)
        {
            certificate.Dispose();
        }

        Directory.Delete(Folder, recursive: true);
    }

    private X509Certificate2 Authority(string name)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN=confgen tests {name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        X509Certificate2 certificate = request.CreateSelfSigned(_from, _to);
        File.WriteAllText(Path.Combine(Folder, name + ".pem"), certificate.ExportCertificatePem());
        return certificate;
    }

    private void Make(string name, X509Certificate2 authority, params string[] names)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={names[0]}", key, HashAlgorithmName.SHA256);
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (string n in names)
        {
            if (IPAddress.TryParse(n, out IPAddress? address))
            {
                alternatives.AddIpAddress(address);
            }
            else
            {
                alternatives.AddDnsName(n);
            }
        }

        request.CertificateExtensions.Add(alternatives.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(
            new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1"), new Oid("1.3.6.1.5.5.7.3.2")], false)
        );
        using X509Certificate2 signed = request.Create(authority, _from, _to, RandomNumberGenerator.GetBytes(8));
        using X509Certificate2 withKey = signed.CopyWithPrivateKey(key);
        File.WriteAllText(Path.Combine(Folder, name + ".crt"), withKey.ExportCertificatePem() + "\n");
        File.WriteAllText(Path.Combine(Folder, name + ".key"), key.ExportPkcs8PrivateKeyPem() + "\n");
        _made[name] = X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pfx), null);
    }
}
