using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Confgen.Model.Units;

namespace Confgen.Runtime.Tls;

/// <summary>A certificate from PEM files, read again when they change: renewing one takes no restart.</summary>
internal sealed class CertificateFiles : ICertificate
{
    private static readonly TimeSpan _between = TimeSpan.FromSeconds(1);

    private readonly string _cert;
    private readonly string _key;
    private readonly ProxyOptions _options;
    private readonly IReadOnlyList<HostPattern> _hosts;
    private readonly Lock _lock = new();
    private SslStreamCertificateContext _current;
    private (DateTime, long, DateTime, long) _version;
    private (DateTime, long, DateTime, long) _refused;
    private long _looked;

    /// <summary>Reads the files. A pair that no client will accept is used, and the operator is told.</summary>
    /// <exception cref="CryptographicException">They hold no certificate and key that belong together.</exception>
    /// <exception cref="IOException">A file can't be read.</exception>
    public CertificateFiles(string cert, string key, IReadOnlyList<HostPattern> hosts, ProxyOptions options)
    {
        (_cert, _key, _hosts, _options) = (cert, key, hosts, options);
        _version = Version();
        _current = Load();
        _looked = options.Time.GetTimestamp();
    }

    /// <inheritdoc/>
    public SslStreamCertificateContext? Current
    {
        get
        {
            lock (_lock)
            {
                if (_options.Time.GetElapsedTime(_looked) >= _between)
                {
                    _looked = _options.Time.GetTimestamp();
                    Look();
                }

                return _current;
            }
        }
    }

    /// <summary>Reads the files now: this process has written them.</summary>
    public void ReadAgain()
    {
        lock (_lock)
        {
            _looked = _options.Time.GetTimestamp();
            Look();
        }
    }

    private void Look()
    {
        (DateTime, long, DateTime, long) version = default;
        try
        {
            version = Version();
            if (version != _version && version != _refused)
            {
                // Both files are written one after the other: until they fit together the old pair is served.
                _current = Load();
                _version = version;
                _options.Notice($"{_cert}: read again");
            }
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            // Told once for each state of the files.
            _refused = version;
            _options.Warn($"{_cert}: changed, but can't be used, so the old certificate is kept: {e.Message}");
        }
    }

    private SslStreamCertificateContext Load()
    {
        X509Certificate2Collection chain = PemFiles.Certificates(_cert);
        X509Certificate2 certificate = PemFiles.CertificateWithKey(_cert, _key);
        var context = SslStreamCertificateContext.Create(certificate, chain, offline: true);
        foreach (string problem in CertificateProblems.Of(certificate, _hosts, _options.Time.GetUtcNow()))
        {
            _options.Warn($"{_cert}: {problem}");
        }

        return context;
    }

    private (DateTime, long, DateTime, long) Version()
    {
        (FileInfo cert, FileInfo key) = (new FileInfo(_cert), new FileInfo(_key));
        return (cert.LastWriteTimeUtc, cert.Length, key.LastWriteTimeUtc, key.Length);
    }
}
