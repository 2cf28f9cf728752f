using Confgen.Compiler.Rendering;
using Confgen.Compiler.Syntax;
using Confgen.Model.Diagnostics;
using Confgen.Model.Units;
using Confgen.Targets.Compose;

namespace Confgen.Targets.Traefik.Labels;

/// <summary>
/// Says the files by labels of compose services, and by the arguments of Traefik's own: a router and its service at the service that it
/// forwards to, all else at Traefik's.
/// </summary>
internal sealed class TraefikLabels
{
    private readonly RenderContext _context;
    private readonly string _container;
    private readonly ComposeServices _services = new();
    private readonly MapSyntax _http;

    private TraefikLabels(RenderContext context, string container, MapSyntax http) =>
        (_context, _container, _http) = (context, container, http);

    /// <summary>The services with what is added to them; what can't be said is reported.</summary>
    /// <param name="context">Where.</param>
    /// <param name="container">Traefik's own service.</param>
    /// <param name="dynamicFile">The dynamic file.</param>
    /// <param name="staticFile">The static file.</param>
    public static ComposeView Of(RenderContext context, string container, RenderedFile dynamicFile, RenderedFile staticFile)
    {
        var http = (MapSyntax)Find(Read(dynamicFile), "http");
        var labels = new TraefikLabels(context, container, http);
        labels.AddArguments(Read(staticFile));
        labels.AddLabels();
        return new ComposeView(context.Version.ToString(), labels._services.All());
    }

    private static MapSyntax Read(RenderedFile file) =>
        (MapSyntax?)YamlText.Read(new SourceText(file.Path, file.Text), new DiagnosticBag())
        ?? throw new InvalidOperationException(file.Path + " is empty");

    private static SyntaxNode Find(MapSyntax map, string key) =>
        map.Find(key) ?? throw new InvalidOperationException($"'{key}' is missing");

    private IEnumerable<EntrySyntax> Each(string kind) => (_http.Find(kind) as MapSyntax)?.Entries ?? [];

    private void AddArguments(MapSyntax root)
    {
        Argument("providers.docker", "true");
        Argument("providers.docker.exposedByDefault", "false");
        foreach (EntrySyntax entry in root.Entries.Where(static entry => entry.Key.Value != "providers"))
        {
            Add(FlatKeys.Of(entry.Key.Value, entry.Value), Argument);
        }

        // Labels have no transports, but there is one for all servers that name none.
        MapSyntax[] transports = [.. Each("serversTransports").Select(static entry => (MapSyntax)entry.Value)];
        if (transports.Length > 0)
        {
            (string Path, string Value, string? Problem)[] first = [.. FlatKeys.Of("serversTransport", transports[0])];
            if (transports.Any(other => !FlatKeys.Of("serversTransport", other).SequenceEqual(first)))
            {
                Refuse("labels have one set of time-outs and TLS for all servers", "write the same timeouts and tls for all upstreams");
            }

            foreach ((string path, _, _) in first.Where(static key => key.Path.EndsWith("serverName", StringComparison.Ordinal)))
            {
                Refuse($"labels have no {path}", "leave tls.server_name out, or build files");
            }

            Add(first, Argument);
        }
    }

    private void AddLabels()
    {
        // Without a service of its own Traefik would look for a port of its container.
        Label(_container, "enable", "true");
        Label(_container, "http.services.confgen.loadbalancer.server.port", "80");
        var owners = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (EntrySyntax service in Each("services"))
        {
            owners[service.Key.Value] = AddService(service.Key.Value, (MapSyntax)Find((MapSyntax)service.Value, "loadBalancer"));
        }

        foreach (EntrySyntax router in Each("routers"))
        {
            string service = ((ScalarSyntax)Find((MapSyntax)router.Value, "service")).Value;
            Add(router, "routers", owners.GetValueOrDefault(service, _container));
        }

        foreach (EntrySyntax middleware in Each("middlewares"))
        {
            Add(middleware, "middlewares", _container);
        }
    }

    // The first of the services that the servers are.
    private string AddService(string name, MapSyntax balancer)
    {
        string prefix = $"http.services.{name}.loadbalancer";
        string? first = null;
        foreach (MapSyntax server in ((ListSyntax)Find(balancer, "servers")).Items.OfType<MapSyntax>())
        {
            string url = ((ScalarSyntax)Find(server, "url")).Value;
            if (!ServerAddress.TryParse(url, out ServerAddress? address, out _) || !ComposeServices.IsName(address.Host))
            {
                Refuse($"labels are at a compose service, and '{url}' names none", "write http://SERVICE:PORT, or build files");
                continue;
            }

            if (first is null || first != address.Host)
            {
                Label(address.Host, "enable", "true");
            }

            first ??= address.Host;
            Label(address.Host, prefix + ".server.port", string.Create(null, $"{address.Port}"));
            if (address.Scheme != ServerScheme.Http)
            {
                Label(address.Host, prefix + ".server.scheme", url[..url.IndexOf(':', StringComparison.Ordinal)]);
            }

            if (server.Find("weight") is ScalarSyntax weight)
            {
                Label(address.Host, prefix + ".server.weight", weight.Value);
            }

            // Each of the containers says the same of the service.
            foreach (EntrySyntax entry in balancer.Entries.Where(static entry => entry.Key.Value is not ("servers" or "serversTransport")))
            {
                Add(FlatKeys.Of($"{prefix}.{entry.Key.Value}", entry.Value), (path, value) => Label(address.Host, path, value));
            }
        }

        return first ?? _container;
    }

    private void Add(EntrySyntax entry, string kind, string service) =>
        Add(FlatKeys.Of($"http.{kind}.{entry.Key.Value}", entry.Value), (path, value) => Label(service, path, value));

    private void Add(IEnumerable<(string Path, string Value, string? Problem)> keys, Action<string, string> add)
    {
        foreach ((string path, string value, string? problem) in keys)
        {
            if (problem is not null)
            {
                Refuse($"in labels {problem}", "build files");
            }

            add(path, value);
        }
    }

    private void Argument(string path, string value) => _services.Argument(_container, $"--{path}={value}");

    private void Label(string service, string path, string value) => _services.Label(service, "traefik." + path, value);

    private void Refuse(string why, string hint) => _context.ReportNotExpressible(_context.Settings.At.Of("output"), why, hint);
}
