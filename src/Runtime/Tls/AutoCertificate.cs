using System.Net.Security;
using System.Security.Cryptography;
using Confgen.Files;
using Confgen.Model.Sites;
using Confgen.Runtime.Acme;

namespace Confgen.Runtime.Tls;

/// <summary>
/// A certificate by ACME, from the file that its renewals are written to, by this process or another one. Until there is one for all names
/// of the site, one for some of them is shown, as before a name was added; and none where there is none.
/// </summary>
internal sealed class AutoCertificate : ICertificate
{
    private readonly AcmeCertificate _ordered;
    private readonly Site _site;
    private readonly ProxyOptions _options;
    private readonly CertificateFiles? _meanwhile;
    private CertificateFiles? _files;
    private DateTime _refused;
    private int _written;

    public AutoCertificate(AcmeCertificate ordered, Site site, ProxyOptions options)
    {
        (_ordered, _site, _options) = (ordered, site, options);
        if (Open() is null && ordered.Setup.FindOther(ordered.Names, ordered.File, options.Time.GetUtcNow()) is { } other)
        {
            _meanwhile = new CertificateFiles(other, other, [], options);
        }
    }

    /// <inheritdoc/>
    public SslStreamCertificateContext? Current => (Open() ?? _meanwhile)?.Current;

    /// <summary>What is shown of the names while they are proven.</summary>
    public ChallengeProofs Proofs => _ordered.Setup.Proofs;

    private CertificateFiles? Open()
    {
        if (Volatile.Read(ref _files) is { } open)
        {
            int written = _ordered.Written;
            if (Interlocked.Exchange(ref _written, written) != written)
            {
                open.ReadAgain();
            }

            return open;
        }

        string file = _ordered.File;
        if (!RegularFile.Exists(file))
        {
            return null;
        }

        DateTime changed = File.GetLastWriteTimeUtc(file);
        if (changed == _refused)
        {
            return null;
        }

        try
        {
            var files = new CertificateFiles(file, file, _site.Hosts, _options);
            Volatile.Write(ref _files, files);
            return files;
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            // Another one is ordered.
            _refused = changed;
            _options.Warn($"{file} can't be used: {e.Message}");
            return null;
        }
    }
}
