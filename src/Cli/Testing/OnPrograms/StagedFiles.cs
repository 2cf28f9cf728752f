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
    private readonly Action<string>? _fill;
    private readonly Dictionary<string, string> _directories = new(StringComparer.Ordinal);
    private int _number;

    /// <param name="folder">The private folder.</param>
    /// <param name="spec">The spec.</param>
    /// <param name="clock">The time.</param>
    /// <param name="fill">Writes what is to be in directories that aren't here; they are empty unless given.</param>
    public StagedFiles(string folder, Spec spec, TimeProvider clock, Action<string>? fill = null)
    {
        _folder = folder;
        _fill = fill;
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

    /// <summary>The directory itself, or a made one where it isn't here.</summary>
    public string Directory(string real)
    {
        if (System.IO.Directory.Exists(real))
        {
            return real;
        }

        string key = real.TrimEnd('/');
        if (!_directories.TryGetValue(key, out string? made))
        {
            _directories[key] = made = System.IO.Directory.CreateDirectory(Path.Combine(_folder, Name("files"))).FullName;
            _fill?.Invoke(made);
        }

        return made;
    }

    /// <summary>A text with the real names of the directories that were made.</summary>
    public string ToReal(string text)
    {
        foreach ((string real, string made) in _directories)
        {
            text = text.Replace(made, real, StringComparison.Ordinal);
        }

        return text;
    }

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
