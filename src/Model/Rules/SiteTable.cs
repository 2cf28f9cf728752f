using System.Collections.Frozen;
using Confgen.Model.Sites;
using Confgen.Model.Units;

namespace Confgen.Model.Rules;

/// <summary>
/// The sites of one listener, for choosing one by host: the exact name, then a star in front, then the longest name with a star
/// behind it, then <c>_</c>.
/// </summary>
public sealed class SiteTable
{
    private readonly FrozenDictionary<string, Site> _exact;
    private readonly FrozenDictionary<string, Site>.AlternateLookup<ReadOnlySpan<char>> _exactBySpan;
    private readonly FrozenDictionary<string, Site> _wildcards;
    private readonly FrozenDictionary<string, Site>.AlternateLookup<ReadOnlySpan<char>> _wildcardsBySpan;
    private readonly FrozenDictionary<string, Site> _trailing;
    private readonly FrozenDictionary<string, Site>.AlternateLookup<ReadOnlySpan<char>> _trailingBySpan;
    private readonly Site? _any;

    /// <summary>Builds the table of a listener.</summary>
    /// <param name="sites">The sites that listen there, in the order written; of two with the same host the first one counts.</param>
    public SiteTable(IEnumerable<Site> sites)
    {
        var exact = new Dictionary<string, Site>(StringComparer.OrdinalIgnoreCase);
        var wildcards = new Dictionary<string, Site>(StringComparer.OrdinalIgnoreCase);
        var trailing = new Dictionary<string, Site>(StringComparer.OrdinalIgnoreCase);
        foreach (Site site in sites)
        {
            foreach (HostPattern host in site.Hosts)
            {
                switch (host.Kind)
                {
                    case HostPatternKind.Exact:
                        exact.TryAdd(host.Name, site);
                        break;
                    case HostPatternKind.Wildcard:
                        wildcards.TryAdd(host.Name, site);
                        break;
                    case HostPatternKind.Trailing:
                        trailing.TryAdd(host.Name, site);
                        break;
                    default:
                        _any ??= site;
                        break;
                }
            }
        }

        _exact = exact.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
        _exactBySpan = _exact.GetAlternateLookup<ReadOnlySpan<char>>();
        _wildcards = wildcards.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
        _wildcardsBySpan = _wildcards.GetAlternateLookup<ReadOnlySpan<char>>();
        _trailing = trailing.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
        _trailingBySpan = _trailing.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>The site for a host, in lower case and without its port; null where none answers for it: 404.</summary>
    public Site? Find(ReadOnlySpan<char> host) => FindNamed(host) ?? _any;

    /// <summary>
    /// Whether a request for <paramref name="host"/> on a connection whose SNI is <paramref name="serverName"/> is misdirected (421): the
    /// SNI names another site of this listener. No SNI, or one that names no site, is not that.
    /// </summary>
    public bool IsMisdirected(ReadOnlySpan<char> serverName, ReadOnlySpan<char> host) =>
        !serverName.IsEmpty && FindNamed(serverName) is { } named && !ReferenceEquals(named, Find(host));

    // The site that names the host, by itself or by a wildcard.
    private Site? FindNamed(ReadOnlySpan<char> host)
    {
        if (_exactBySpan.TryGetValue(host, out Site? site))
        {
            return site;
        }

        // A star in front stands for exactly one label, so that no other wildcard than that of the rest can take the host.
        int dot = host.IndexOf('.');
        return dot > 0 && _wildcardsBySpan.TryGetValue(host[(dot + 1)..], out site) ? site
            : _trailing.Count > 0 ? FindTrailing(host)
            : null;
    }

    private Site? FindTrailing(ReadOnlySpan<char> host)
    {
        for (int dot = host.LastIndexOf('.'); dot > 0; dot = host[..dot].LastIndexOf('.'))
        {
            if (dot < host.Length - 1 && _trailingBySpan.TryGetValue(host[..dot], out Site? site))
            {
                return site;
            }
        }

        return null;
    }
}
