using Confgen.Model.Sites;

namespace Confgen.Targets.Caddy.Building;

/// <summary>
/// Fields of a connection that the site's block removes before a route is chosen; where a route asks for one, its value is kept.
/// </summary>
internal static class SentFields
{
    private static readonly string[] _names = ["Upgrade", "HTTP2-Settings"];

    public static bool AreKept(string name) => _names.Contains(name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The value, empty where the field was not sent.</summary>
    public static string Placeholder(string name) => "{http.vars." + Variable(name) + "}";

    /// <summary>The variables of the site's block with their values, as <c>sent_upgrade {header.Upgrade}</c>.</summary>
    public static IEnumerable<string> Of(Site site) =>
        _names
            .Where(name =>
                site.Routes.SelectMany(static route => route.Match.Blocks())
                    .SelectMany(static block => block.Headers)
                    .Any(field => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            )
            .Select(static name => Variable(name) + " {header." + name + "}");

    private static string Variable(string name) => "sent_" + name.ToLowerInvariant().Replace('-', '_');
}
