using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Model.Rules;
using Confgen.Model.Sites;
using Confgen.Model.Templates;
using Confgen.Model.Units;
using Confgen.Targets.Caddy.Views;

namespace Confgen.Targets.Caddy.Building;

/// <summary>
/// The placeholder <c>{host}</c> in lower case, which Caddy has no word for: a site's own names are known, so that they can be looked up.
/// </summary>
internal static class HostNames
{
    /// <summary>The host in lower case, where <see cref="Rows"/> stand in the site's block.</summary>
    public const string Placeholder = "{site_host}";

    /// <summary>Whether the site has one name, which needs no look-up.</summary>
    public static bool IsLiteral(Site site) => site.Hosts is [{ Kind: HostPatternKind.Exact }];

    /// <summary>Whether the site's names are looked up.</summary>
    public static bool AreMapped(Site site) => CanBeMapped(site) && Uses(site, Model.Templates.Placeholder.Host);

    /// <summary>Whether there are names to look up.</summary>
    public static bool CanBeMapped(Site site) => !IsLiteral(site) && site.Hosts.Any(static host => host.Kind == HostPatternKind.Exact);

    /// <summary>Whether the host stays as the client spelled it: what a wildcard stands for is known to nobody before.</summary>
    public static bool KeepsCase(Site site) =>
        site.Hosts.Any(static host => host.Kind != HostPatternKind.Exact) && Uses(site, Model.Templates.Placeholder.Host);

    /// <summary>Whether a value of the site has the placeholder.</summary>
    public static bool Uses(Site site, Placeholder placeholder) =>
        site.Routes.Any(route => route.Locations.Any(to => to.Uses(placeholder))) || UsesInHeaders(site, placeholder);

    /// <summary>Whether a header rule of the site has it.</summary>
    public static bool UsesInHeaders(Site site, Placeholder placeholder) =>
        site
            .Routes.SelectMany(route => EffectiveHeaders.Request(site, route))
            .Concat(ResponseHeaders.All(site))
            .Any(edit => edit.Values.Any(value => value.Uses(placeholder)));

    /// <summary>The names, each with a regex that finds it in any case.</summary>
    public static IReadOnlyList<HostNameView> Rows(CaddyQuoter texts, Site site) =>
        [
            .. site
                .Hosts.Where(static host => host.Kind == HostPatternKind.Exact)
                .Select(host => new HostNameView(
                    texts.Regex("~(?i)^" + PathPattern.Escape(host.Name) + "$", site.At.Of(SiteFields.Host)),
                    host.Name
                )),
        ];
}
