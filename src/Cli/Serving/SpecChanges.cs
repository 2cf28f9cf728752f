using Confgen.Model;
using Confgen.Model.Routes;
using Confgen.Model.Sites;
using Confgen.Model.Streams;
using Confgen.Model.Tunnels;
using Confgen.Model.Upstreams;

namespace Confgen.Cli.Serving;

/// <summary>What differs between two specs, in the words of the spec.</summary>
internal static class SpecChanges
{
    private const int MostTold = 12;

    /// <summary>Each difference, as <c>site b.test added</c>; those beyond a dozen are counted.</summary>
    public static string Of(Spec before, Spec after)
    {
        var changes = new List<string>();
        Compare(
            changes,
            "upstream",
            before.Upstreams,
            after.Upstreams,
            static (Upstream u) => u.Name,
            static (a, b, name) => [$"upstream {name} changed"]
        );
        Compare(changes, "site", before.Sites, after.Sites, static (Site s) => string.Join(", ", s.Hosts), RoutesOf);
        Compare(
            changes,
            "tunnel",
            before.Tunnels,
            after.Tunnels,
            static (Tunnel t) => t.Name,
            static (a, b, name) => [$"tunnel {name} changed"]
        );
        Compare(
            changes,
            "stream",
            before.Streams,
            after.Streams,
            static (TcpStream s) => s.Name,
            static (a, b, name) => [$"stream {name} changed"]
        );
        if (!before.TrustedProxies.Equals(after.TrustedProxies) || before.TrustsUnixPeers != after.TrustsUnixPeers)
        {
            changes.Add("trusted_proxies changed");
        }

        if (!before.Acme.Equals(after.Acme))
        {
            changes.Add("acme changed");
        }

        return changes.Count == 0
            ? "nothing that is served changed"
            : string.Join("; ", changes.Take(MostTold)) + (changes.Count > MostTold ? $"; {changes.Count - MostTold} more" : "");
    }

    private static IEnumerable<string> RoutesOf(Site before, Site after, string name)
    {
        var routes = new List<string>();
        Compare(
            routes,
            "route",
            before.Routes,
            after.Routes,
            static (Route r) => r.Path.ToString(),
            static (a, b, path) => [$"route {path} changed"]
        );
        if (!(before with { Routes = after.Routes }).Equals(after))
        {
            yield return $"site {name} changed";
        }

        foreach (string route in routes)
        {
            yield return $"site {name}: {route}";
        }

        if (routes.Count == 0 && !before.Routes.Select(r => r.Path.ToString()).SequenceEqual(after.Routes.Select(r => r.Path.ToString())))
        {
            yield return $"site {name}: the order of its routes changed";
        }
    }

    // Of several with one name, as routes with different conditions, the nth is compared with the nth.
    private static void Compare<T>(
        List<string> changes,
        string kind,
        IEnumerable<T> before,
        IEnumerable<T> after,
        Func<T, string> nameOf,
        Func<T, T, string, IEnumerable<string>> differ
    )
        where T : SpecNode
    {
        Dictionary<(string Name, int), T> old = Numbered(before, nameOf);
        Dictionary<(string Name, int), T> now = Numbered(after, nameOf);
        foreach (((string Name, int) key, T node) in now)
        {
            if (!old.TryGetValue(key, out T? same))
            {
                changes.Add($"{kind} {key.Name} added");
            }
            else if (!same.Equals(node))
            {
                changes.AddRange(differ(same, node, key.Name));
            }
        }

        changes.AddRange(old.Keys.Where(key => !now.ContainsKey(key)).Select(key => $"{kind} {key.Name} removed"));
    }

    private static Dictionary<(string Name, int Nth), T> Numbered<T>(IEnumerable<T> nodes, Func<T, string> nameOf) =>
        nodes
            .GroupBy(nameOf)
            .SelectMany(group => group.Select((node, nth) => ((group.Key, nth), node)))
            .ToDictionary(pair => pair.Item1, pair => pair.node);
}
