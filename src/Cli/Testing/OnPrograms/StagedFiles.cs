using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Confgen.Model;
using Confgen.Model.Units;

namespace Confgen.Cli.Testing.OnPrograms;

/// <summary>
/// The files of a staged spec, in a private folder: a certificate for all hosts, and whatever the spec names and this machine lacks.
/// </summary>
internal sealed class StagedFiles
{
    private readonly string _folder;
    private int _number;

    public StagedFiles(string folder, Spec spec, TimeProvider clock)
    {
        _folder = folder;
        Certificate = Path.Combine(folder, "certificate.pem");
        Key = Path.Combine(folder, "key.pem");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=confgen test", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        foreach (
            HostPattern host in spec
                .Sites.SelectMany(s => s.Hosts)
                .Where(h => h.Kind is HostPatternKind.Exact or HostPatternKind.Wildcard && !h.Name.StartsWith('['))
                .Distinct()
        )
        {
            names.AddDnsName(host.Kind == HostPatternKind.Wildcard ? "*." + host.Name : host.Name);
        }

        request.CertificateExtensions.Add(names.Build());
        DateTimeOffset now = clock.GetUtcNow();
        using X509Certificate2 certificate = request.CreateSelfSigned(now.AddHours(-1), now.AddDays(1));
        System.IO.File.WriteAllText(Certificate, certificate.ExportCertificatePem() + "\n");
        System.IO.File.WriteAllText(Key, key.ExportPkcs8PrivateKeyPem() + "\n");
    }

    /// <summary>The PEM file with the certificate.</summary>
    public string Certificate { get; }

    /// <summary>The PEM file with its key.</summary>
    public string Key { get; }

    /// <summary>The directory itself, or an empty one where it isn't here.</summary>
    public string Directory(string real) =>
        System.IO.Directory.Exists(real) ? real : System.IO.Directory.CreateDirectory(Path.Combine(_folder, Name("files"))).FullName;

    /// <summary>The file itself, or an empty one where it isn't here.</summary>
    public string File(string real)
    {
        if (Confgen.Files.RegularFile.Exists(real))
        {
            return real;
        }

        string empty = Path.Combine(_folder, Name("page") + Path.GetExtension(real));
        System.IO.File.WriteAllText(empty, "");
        return empty;
    }

    /// <summary>A socket's name that is free.</summary>
    public string Socket(string real) => Path.Combine(_folder, Name(Path.GetFileNameWithoutExtension(real)) + ".sock");

    private string Name(string what) => string.Create(null, $"{what}{++_number}");
}
