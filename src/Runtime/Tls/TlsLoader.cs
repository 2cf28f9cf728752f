using System.Security.Cryptography;
using Confgen.Model;
using Confgen.Model.Sites;

namespace Confgen.Runtime.Tls;

/// <summary>Opens the certificates of a spec's sites. What can't be opened is told, all of it.</summary>
internal sealed class TlsLoader(ProxyOptions options)
{
    private LocalAuthority? _authority;

    /// <summary>The sites with TLS of each listener, by its key.</summary>
    public IReadOnlyDictionary<string, TlsTable> Load(Spec spec, List<StartFailure> failures)
    {
        var sites = new Dictionary<string, List<SiteTlsOptions>>(StringComparer.Ordinal);
        foreach (Site site in spec.Sites)
        {
            if (site.Tls is { } tls && Open(site, tls, failures) is { } opened)
            {
                foreach (ListenAddress address in site.Listen)
                {
                    string key = address.ToString();
                    if (!sites.TryGetValue(key, out List<SiteTlsOptions>? list))
                    {
                        sites.Add(key, list = []);
                    }

                    list.Add(opened);
                }
            }
        }

        return sites.ToDictionary(s => s.Key, s => new TlsTable(s.Value), StringComparer.Ordinal);
    }

    private SiteTlsOptions? Open(Site site, SiteTls tls, List<StartFailure> failures)
    {
        try
        {
            switch (tls.Source)
            {
                case CertificateSource.Files when tls is { Cert: { } cert, Key: { } key }:
                    return new SiteTlsOptions(site, tls, new CertificateFiles(cert, key, site.Hosts, options));
                case CertificateSource.Internal:
                    return new SiteTlsOptions(site, tls, Authority().Issue(site.Hosts));
                default:
                    failures.Add(
                        new StartFailure(
                            tls.At.Span,
                            "'tls: auto' needs an ACME client, which 'confgen serve' doesn't have yet: name certificate files under "
                                + "'tls', or write 'tls: internal' for development"
                        )
                    );
                    return null;
            }
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            failures.Add(new StartFailure(tls.At.Span, $"the certificate of {string.Join(", ", site.Hosts)} can't be used: {e.Message}"));
            return null;
        }
    }

    private LocalAuthority Authority()
    {
        if (_authority is null)
        {
            string directory =
                options.StateDirectory
                ?? Path.Combine(
                    Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify),
                    "confgen"
                );
            _authority = LocalAuthority.Open(directory, options.Time);
            options.Notice($"'tls: internal': let your browser or system trust {_authority.File}");
        }

        return _authority;
    }
}
