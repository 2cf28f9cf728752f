using Confgen.Model.Sites;
using Confgen.Model.Units;

namespace Confgen.Targets.Nginx.Building;

/// <summary>Names of sites, from their first host; no two have the same.</summary>
internal sealed class SiteNames
{
    private readonly NginxNames _names = new("");
    private readonly Dictionary<Site, string> _bySite = new(ReferenceEqualityComparer.Instance);

    /// <summary>As <c>chat_example_com</c>.</summary>
    public string Of(Site site)
    {
        if (!_bySite.TryGetValue(site, out string? name))
        {
            _bySite.Add(site, name = _names.New(Words(site)));
        }

        return name;
    }

    private static string Words(Site site) =>
        site.Hosts.Count == 0 || site.Hosts[0].Kind == HostPatternKind.Any
            ? "any_host"
            : site.Hosts[0] switch
            {
                { Kind: HostPatternKind.Wildcard, Name: var name } => "any." + name,
                { Kind: HostPatternKind.Trailing, Name: var name } => name + ".any",
                var host => host.Name,
            };
}
