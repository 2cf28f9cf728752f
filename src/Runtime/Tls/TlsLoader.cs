using System.Security.Cryptography;
using Confgen.Model;
using Confgen.Model.Acme;
using Confgen.Model.Sites;
using Confgen.Runtime.Acme;

namespace Confgen.Runtime.Tls;

/// <summary>Opens the certificates of a spec's sites. What can't be opened is told, all of it.</summary>
internal sealed class TlsLoader(ProxyOptions options, AcmeManager acme)
{
    private LocalAuthority? _authority;

    /// <summary>The sites with TLS of each listener, by its key.</summary>
    public IReadOnlyDictionary<string, TlsTable> Load(Spec spec, List<StartFailure> failures)
    {
        var sites = new Dictionary<string, List<SiteTlsOptions>>(StringComparer.Ordinal);
        foreach (Site site in spec.Sites)
        {
            if (site.Tls is { } tls && Open(site, tls, spec.Acme, failures) is { } opened)
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

    private SiteTlsOptions? Open(Site site, SiteTls tls, AcmeSettings settings, List<StartFailure> failures)
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
                    if (AcmeNames.HasUnnamed(site) || AcmeNames.LacksDns(site, settings))
                    {
                        failures.Add(
                            new StartFailure(
                                tls.At.Span,
                                AcmeNames.HasUnnamed(site)
                                    ? "'tls: auto' can't get a certificate for hosts without a name: list them, or give certificate files"
                                    : "'tls: auto' gets a wildcard's certificate by DNS alone: give 'acme: { dns: { exec: [...] } }'"
                            )
                        );
                        return null;
                    }

                    return new SiteTlsOptions(site, tls, new AutoCertificate(acme.Prepare(site, settings), site, options));
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
            _authority = LocalAuthority.Open(StateFolder.Of(options), options.Time);
            options.Notice($"'tls: internal': let your browser or system trust {_authority.File}");
        }

        return _authority;
    }
}
