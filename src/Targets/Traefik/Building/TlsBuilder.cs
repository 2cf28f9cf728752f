using Confgen.Model;
using Confgen.Model.Sites;
using Confgen.Model.Units;
using Confgen.Targets.Traefik.Syntax;
using Confgen.Targets.Traefik.Views;

namespace Confgen.Targets.Traefik.Building;

/// <summary>
/// What handshakes need. Traefik finds a router's options by the names in its `Host` matchers alone; every other handshake has the options
/// called default.
/// </summary>
internal sealed class TlsBuilder
{
    private const string Default = "default";
    private readonly Dictionary<string, TlsOptionsView> _byContent = new(StringComparer.Ordinal);

    /// <summary>Reads the sites of a spec.</summary>
    public TlsBuilder(Spec spec)
    {
        Site[] sites = [.. spec.Sites.Where(static site => site.Tls is not null)];
        var names = new TraefikNames();
        names.Unique(Default);
        foreach (Site site in sites.OrderBy(static site => IsNamed(site)))
        {
            string content = Content(site);
            if (!_byContent.ContainsKey(content))
            {
                _byContent[content] = Options(site, _byContent.Count == 0 ? Default : names.Unique(TraefikNames.Of(site)));
            }
        }

        CertificateView[] certificates = [.. sites.Select(Certificate).OfType<CertificateView>()];
        Certificates = [.. certificates.Distinct()];
        Site? other = sites.FirstOrDefault(static site => site.Hosts.Any(static host => host.Kind == HostPatternKind.Any));
        DefaultCertificate = (other is null ? null : Certificate(other)) ?? certificates.FirstOrDefault();
        Resolves = sites.Any(static site => site.Tls is { Source: CertificateSource.Auto });
    }

    /// <summary>The certificates of files.</summary>
    public IReadOnlyList<CertificateView> Certificates { get; }

    /// <summary>The certificate for names that no other has.</summary>
    public CertificateView? DefaultCertificate { get; }

    /// <summary>Whether certificates come by ACME.</summary>
    public bool Resolves { get; }

    /// <summary>All options.</summary>
    public IReadOnlyList<TlsOptionsView> Options() => [.. _byContent.Values];

    /// <summary>The options of a site; null for the default.</summary>
    public string? Of(Site site) => site.Tls is not null && _byContent[Content(site)].Name is not Default and var name ? name : null;

    /// <summary>Whether each of a site's hosts is a name.</summary>
    public static bool IsNamed(Site site) => site.Hosts.All(static host => host.Kind == HostPatternKind.Exact);

    /// <summary>Whether the handshakes of two sites need something else.</summary>
    public static bool Differs(Site site, Site other) => Content(site) != Content(other);

    /// <summary>Whether labels alone can't say what a site's handshakes need.</summary>
    public static bool NeedsFiles(Site site) =>
        site.Tls is { } tls
        && (
            tls.Source == CertificateSource.Files
            || tls.MinVersion != TlsVersion.Tls12
            || tls.Ciphers.Count > 0
            || tls.ClientCa is not null
            || !site.Http2
        );

    private static string Content(Site site) =>
        $"{site.Tls?.MinVersion} {string.Join(' ', site.Tls?.Ciphers ?? [])} {site.Tls?.ClientCa} {site.Http2}";

    private static CertificateView? Certificate(Site site) =>
        site.Tls is { Cert: { } cert, Key: { } key } ? new CertificateView(TraefikQuoting.Scalar(cert), TraefikQuoting.Scalar(key)) : null;

    private static TlsOptionsView Options(Site site, string name) =>
        new(
            name,
            site.Tls?.MinVersion == TlsVersion.Tls13 ? "VersionTLS13" : "VersionTLS12",
            [.. (site.Tls?.Ciphers ?? []).Select(Cipher)],
            site.Tls?.ClientCa is { } ca ? TraefikQuoting.Scalar(ca) : null,
            !site.Http2
        );

    // As ECDHE-RSA-AES128-GCM-SHA256 and TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256.
    private static string Cipher(string name)
    {
        string[] parts = name.Replace("AES128", "AES-128", StringComparison.Ordinal)
            .Replace("AES256", "AES-256", StringComparison.Ordinal)
            .Split('-');
        string tail = string.Join('_', parts[2..]) + (parts[^1] == "POLY1305" ? "_SHA256" : "");
        return TraefikQuoting.Scalar($"TLS_{parts[0]}_{parts[1]}_WITH_{tail}");
    }
}
