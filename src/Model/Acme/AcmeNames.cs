using Confgen.Model.Sites;
using Confgen.Model.Units;

namespace Confgen.Model.Acme;

/// <summary>The names that an authority is asked to certify.</summary>
public static class AcmeNames
{
    /// <summary>The names of a site, in lower case and sorted, addresses without brackets.</summary>
    public static ValueList<string> Of(Site site) =>
        site
            .Hosts.Where(h => h.Kind is HostPatternKind.Exact or HostPatternKind.Wildcard)
            .Select(h => h.ToString().Trim('[', ']'))
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .ToValueList();

    /// <summary>Whether a site has a host that no certificate can name.</summary>
    public static bool HasUnnamed(Site site) => site.Hosts.Any(h => h.Kind is HostPatternKind.Any or HostPatternKind.Trailing);

    /// <summary>Whether a site has a host that is proven by DNS alone, where that isn't written.</summary>
    public static bool LacksDns(Site site, AcmeSettings settings) =>
        !settings.Challenges.Contains(AcmeChallenge.Dns) && site.Hosts.Any(h => h.Kind == HostPatternKind.Wildcard);
}
