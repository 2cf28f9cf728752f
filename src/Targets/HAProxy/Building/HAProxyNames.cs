using System.Text;
using Confgen.Model.Routes;
using Confgen.Model.Sites;

namespace Confgen.Targets.HAProxy.Building;

/// <summary>Names of frontends and backends: letters, digits and <c>-_.:</c>, each used once.</summary>
internal sealed class HAProxyNames
{
    private readonly UniqueNames _names = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>A name like the wish that nothing has yet.</summary>
    public string Unique(string wish) => _names.Of(wish);

    /// <summary>What a site is called: its first host.</summary>
    public static string Of(Site site) => Of(site.Hosts[0].ToString().Replace("*", "any", StringComparison.Ordinal), "any");

    /// <summary>What a route is called within its site: its path. One without a letter leaves the name of <c>/</c> to that.</summary>
    public static string Of(Route route) => route.Path.IsEverything ? "root" : Of(route.Path.Text, "route");

    /// <summary>The text with a dash for what no name may have; a word of its own where nothing is left.</summary>
    public static string Of(string text, string otherwise)
    {
        const int longest = 60;
        var name = new StringBuilder();
        foreach (char c in text)
        {
            if (char.IsAsciiLetterOrDigit(c) || c is '.' or '_')
            {
                name.Append(c);
            }
            else if (name.Length > 0 && name[^1] != '-')
            {
                name.Append('-');
            }
        }

        string result = name.ToString().Trim('-', '_');
        return result.Length == 0 ? otherwise : result[..Math.Min(result.Length, longest)];
    }
}
