using Confgen.Model.Units;

namespace Confgen.Runtime.Tls;

/// <summary>The sites with TLS of one listener, by the name that a client asks for (SNI, RFC 6066).</summary>
internal sealed class TlsTable
{
    private readonly Dictionary<string, SiteTlsOptions> _exact = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, SiteTlsOptions> _wildcards = new(StringComparer.OrdinalIgnoreCase);
    private readonly SiteTlsOptions? _any;
    private readonly SiteTlsOptions? _first;

    public TlsTable(IEnumerable<SiteTlsOptions> sites)
    {
        foreach (SiteTlsOptions site in sites)
        {
            _first ??= site;
            foreach (HostPattern host in site.Site.Hosts)
            {
                switch (host.Kind)
                {
                    case HostPatternKind.Exact:
                        _exact.TryAdd(host.Name, site);
                        break;
                    case HostPatternKind.Wildcard:
                        _wildcards.TryAdd(host.Name, site);
                        break;
                    default:
                        _any ??= site;
                        break;
                }
            }
        }
    }

    /// <summary>The site that the name is of; null for a name of none, which only a site for every other host may take.</summary>
    public SiteTlsOptions? Named(string? name) =>
        string.IsNullOrEmpty(name) ? null
        : _exact.TryGetValue(name, out SiteTlsOptions? exact) ? exact
        : name.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot && _wildcards.TryGetValue(name[(dot + 1)..], out SiteTlsOptions? wildcard) ? wildcard
        : null;

    /// <summary>The site whose certificate is shown: of the name, else the one for every other host, else the first.</summary>
    public SiteTlsOptions? For(string? name) => Named(name) ?? _any ?? _first;
}
