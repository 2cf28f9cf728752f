using System.Text.RegularExpressions;

namespace Confgen.Targets.Traefik.Reading;

/// <summary>What Traefik has read: entry points, routers, services and middlewares, wherever they were said.</summary>
internal sealed partial class Configuration
{
    private const string DefaultRule = "Host(`{{ normalize .Name }}`)";
    private readonly SourceTree _tree;
    private readonly bool _isVersion2;

    public Configuration(SourceTree tree)
    {
        _tree = tree;
        _isVersion2 = Root["core.defaultRuleSyntax"]?.Value == "v2";
        EntryPoints = [.. (Root["entryPoints"]?.Keys ?? []).Select(static key => new EntryPoint(key.Name, key))];
        foreach (SourceKey key in Root["http.services"]?.Keys ?? [])
        {
            ServiceSource service = Service(key.Name);
            service.Keys.Add(key);
            foreach (SourceKey server in key["loadBalancer.servers"]?.Keys ?? [])
            {
                service.Servers.Add((server["url"]?.Value ?? "", server["weight"]?.Value, server));
            }
        }

        Take(Root["http.middlewares"]);
        foreach (SourceKey key in Root["http.routers"]?.Keys ?? [])
        {
            Routers.Add(new RouterSource(key, key["rule"]?.Value ?? "", key["service"]?.Value ?? "", _isVersion2));
        }

        tree.Services.ForEach(ReadLabels);
        Routers.Sort(static (one, other) => other.Priority.CompareTo(one.Priority));
    }

    /// <summary>Everything from files and arguments.</summary>
    public SourceKey Root => _tree.Root;

    /// <summary>The entry points of the static configuration.</summary>
    public IReadOnlyList<EntryPoint> EntryPoints { get; }

    /// <summary>The routers, the one with the highest priority first.</summary>
    public List<RouterSource> Routers { get; } = [];

    /// <summary>The services by name.</summary>
    public Dictionary<string, ServiceSource> Services { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The middlewares by name.</summary>
    public Dictionary<string, SourceKey> Middlewares { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>A name without its provider, as <c>auth@file</c>.</summary>
    public static string Local(string name) => name.EndsWith("@internal", StringComparison.Ordinal) ? name : name.Split('@')[0];

    /// <summary>The entry points of a router.</summary>
    public IEnumerable<EntryPoint> EntryPointsOf(RouterSource router)
    {
        IReadOnlyList<string> names = router.Key["entryPoints"]?.Values ?? [];
        if (names.Count == 0)
        {
            EntryPoint[] chosen = [.. EntryPoints.Where(static entry => entry.IsDefault)];
            return chosen.Length > 0 ? chosen
                : EntryPoints.Count > 0 ? EntryPoints.Where(static entry => entry.Name != "traefik")
                : [new EntryPoint("", null)];
        }

        return names.Select(name => EntryPoints.FirstOrDefault(entry => entry.Name == name) ?? new EntryPoint(name, null));
    }

    private ServiceSource Service(string name)
    {
        if (!Services.TryGetValue(name, out ServiceSource? service))
        {
            Services[name] = service = new ServiceSource();
        }

        return service;
    }

    private void Take(SourceKey? middlewares)
    {
        foreach (SourceKey key in middlewares?.Keys ?? [])
        {
            Middlewares.TryAdd(key.Name, key);
        }
    }

    private void ReadLabels(LabelledService container)
    {
        SourceKey labels = container.Labels;
        labels["docker"]?.Tune("how Traefik finds the container in Docker");
        SourceKey? enable = labels["enable"];
        bool isOn = enable is null
            ? (Root["providers.docker.exposedByDefault"] ?? Root["providers.swarm.exposedByDefault"]) is not { IsFalse: true }
            : enable.IsTrue;
        if (!isOn)
        {
            enable?.Imply("the spec says nothing of what isn't served");
            labels.Tune("Traefik leaves the container out");
            return;
        }

        enable?.Imply("what has a route is served");
        Take(labels["http.middlewares"]);
        SourceKey[] services = [.. labels["http.services"]?.Keys ?? []];
        string own = container.Name + "-" + _tree.Project;
        foreach (SourceKey key in services)
        {
            AddServer(Service(key.Name), key, container);
        }

        if (services.Length == 0)
        {
            AddServer(Service(own), null, container);
        }

        SourceKey[] routers = [.. labels["http.routers"]?.Keys ?? []];
        foreach (SourceKey key in routers.Length > 0 ? routers : [new SourceKey(own)])
        {
            if (routers.Length == 0 && services.Length == 0 && labels["tcp"] is not null)
            {
                continue;
            }

            string service =
                key["service"]?.Value
                ?? (
                    services.Length == 0 ? own
                    : services.Length == 1 ? services[0].Name
                    : ""
                );
            Routers.Add(new RouterSource(key, key["rule"]?.Value ?? RuleOf(container), service, _isVersion2));
        }
    }

    private static void AddServer(ServiceSource service, SourceKey? key, LabelledService container)
    {
        if (key is not null)
        {
            service.Keys.Add(key);
        }

        SourceKey? server = key?["loadBalancer.server"];
        string? port = server?["port"]?.Value ?? container.Ports.Distinct(StringComparer.Ordinal).FirstOrDefault();
        string? url = server?["url"]?.Value ?? (port is null ? null : $"{server?["scheme"]?.Value ?? "http"}://{container.Name}:{port}");
        if (url is not null)
        {
            service.Servers.Add((url, server?["weight"]?.Value, server));
        }
    }

    // What the templates of compose's own names say.
    private string RuleOf(LabelledService container)
    {
        string rule = (Root["providers.docker.defaultRule"] ?? Root["providers.swarm.defaultRule"])?.Value ?? DefaultRule;
        return Label()
            .Replace(
                Name().Replace(rule, _ => $"{container.Name}-{_tree.Project}".Replace('_', '-')),
                match => match.Groups["key"].Value == "service" ? container.Name : _tree.Project
            );
    }

    [GeneratedRegex(@"\{\{ *(?:normalize +|trimPrefix +`/` +)?\.(?:Container)?Name *\}\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Name();

    [GeneratedRegex(
        "\\{\\{ *(?:normalize +)?\\(? *index +\\.Labels +[\"`]com\\.docker\\.compose\\.(?<key>service|project)[\"`] *\\)? *\\}\\}",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Label();
}
