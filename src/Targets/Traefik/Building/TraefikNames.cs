using System.Text;
using Confgen.Model.Routes;
using Confgen.Model.Sites;

namespace Confgen.Targets.Traefik.Building;

/// <summary>Names of routers, services and middlewares: small letters, digits and dashes, so that labels can have them too.</summary>
internal sealed class TraefikNames
{
    private readonly UniqueNames _names = new(StringComparer.Ordinal);

    /// <summary>A name like the wish that nothing has yet.</summary>
    public string Unique(string wish) => _names.Of(wish);

    /// <summary>What a site is called: its first host.</summary>
    public static string Of(Site site) => Of(site.Hosts[0].ToString().Replace("*", "any", StringComparison.Ordinal), "any");

    /// <summary>What a route is called: its site, and its path unless that is <c>/</c>.</summary>
    public static string Of(Site site, Route route) => route.Path.IsEverything ? Of(site) : $"{Of(site)}-{Of(route.Path.Text, "route")}";

    /// <summary>The text with a dash for what no name may have; a word of its own where nothing is left.</summary>
    public static string Of(string text, string otherwise)
    {
        const int longest = 60;
        var name = new StringBuilder();
        foreach (char c in text)
        {
            if (char.IsAsciiLetterOrDigit(c))
            {
                name.Append(char.ToLowerInvariant(c));
            }
            else if (name.Length > 0 && name[^1] != '-')
            {
                name.Append('-');
            }
        }

        string result = name.ToString().Trim('-');
        return result.Length == 0 ? otherwise : result[..Math.Min(result.Length, longest)].TrimEnd('-');
    }
}
