using Confgen.Model.Rules;
using Confgen.Model.Sites;
using Confgen.Runtime.Acme;

namespace Confgen.Runtime.Tls;

/// <summary>The sites with TLS of one listener, by the name that a client asks for (SNI, RFC 6066).</summary>
internal sealed class TlsTable(IReadOnlyList<SiteTlsOptions> sites)
{
    private readonly SiteTable _names = new(sites.Select(s => s.Site));

    /// <summary>The sites.</summary>
    public IReadOnlyList<SiteTlsOptions> Sites => sites;

    /// <summary>What is shown of names that are being proven; null where no site needs it.</summary>
    public ChallengeProofs? Proofs { get; } = sites.Select(s => s.Proofs).FirstOrDefault(p => p is not null);

    /// <summary>The site whose certificate is shown: of the name, else the one for every other host, else the first.</summary>
    public SiteTlsOptions For(string? name)
    {
        Site? named = _names.Find(name ?? "");
        foreach (SiteTlsOptions site in sites)
        {
            if (ReferenceEquals(site.Site, named))
            {
                return site;
            }
        }

        return sites[0];
    }
}
