using Confgen.Model.Sites;

namespace Confgen.Model.Differences;

/// <summary>What a site decides for all of its requests.</summary>
internal static class SiteAspects
{
    /// <summary>The aspects of a site.</summary>
    public static IReadOnlyList<AspectValue> Of(Site site) =>
        [
            new(Aspect.Tls, (object?)site.Tls ?? "none", Text(site.Tls)),
            new(Aspect.Protocols, (site.Http2, site.Http3), "HTTP/1.1" + (site.Http2 ? ", HTTP/2" : "") + (site.Http3 ? ", HTTP/3" : "")),
            new(Aspect.HeadLimit, site.Limits.Head, "at most " + Units.Sizes.Format(site.Limits.Head)),
            new(
                Aspect.Compression,
                site.Compress,
                site.Compress.Count == 0 ? "none" : string.Join(", ", site.Compress.Select(c => c.ToString().ToLowerInvariant()))
            ),
        ];

    private static string Text(SiteTls? tls) =>
        tls is null
            ? "plain HTTP"
            : string.Join(
                ", ",
                new[]
                {
                    tls.Source switch
                    {
                        CertificateSource.Auto => "a certificate by ACME",
                        CertificateSource.Internal => "a certificate of a local authority",
                        _ => $"the certificate {tls.Cert} with {tls.Key}",
                    },
                    tls.MinVersion == TlsVersion.Tls13 ? "TLS 1.3" : "TLS 1.2 or later",
                    tls.Ciphers.Count > 0 ? "ciphers " + string.Join(":", tls.Ciphers) : null,
                    tls.ClientCa is { } ca ? $"clients with a certificate of {ca} alone" : null,
                }.OfType<string>()
            );
}
