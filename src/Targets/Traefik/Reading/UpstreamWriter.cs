using System.Globalization;
using Confgen.Targets.Importing;
using Confgen.Targets.Importing.Output;

namespace Confgen.Targets.Traefik.Reading;

/// <summary>Writes services as upstreams.</summary>
internal sealed class UpstreamWriter(Configuration configuration, UpstreamTable table)
{
    private readonly Dictionary<string, (OutputMap Settings, string? Url)> _made = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Forwards a route to a service; null where it has no server that can be written.</summary>
    /// <param name="route">The route.</param>
    /// <param name="name">The service.</param>
    /// <param name="retries">How many other servers are tried; null for Traefik's own, which is none.</param>
    public OutputNode? Write(OutputMap route, string name, SourceKey? retries)
    {
        if (
            !configuration.Services.TryGetValue(name, out ServiceSource? service) || ServersOf(service, 1, []) is not { Count: > 0 } servers
        )
        {
            return null;
        }

        if (!_made.TryGetValue(name, out (OutputMap Settings, string? Url) made))
        {
            made.Settings = new OutputMap();
            Servers(made.Settings, servers);
            Balance(made.Settings, service, servers.Count);
            Health(made.Settings, service);
            TransportReader.Write(configuration, service, made.Settings, null);
            Retries(made.Settings, retries);
            made.Url = made.Settings.Entries is [("servers", OutputText only)] ? only.Text : null;
            if (made.Url is null)
            {
                table.Define(name, made.Settings);
            }

            _made[name] = made;
        }
        else
        {
            Retries(made.Url is null ? made.Settings : null, retries);
        }

        OutputNode use = made.Url is { } url ? table.UseUrl(route, url, null) : table.UseName(route, name);
        Say(service, use, made.Url is not null);
        route.Word("max_body", route["max_body"] is OutputText limit ? limit.Text : "0");
        TransportReader.Write(configuration, service, null, route);
        if (service["loadBalancer.passHostHeader"] is { } host)
        {
            if (host.IsFalse)
            {
                host.Say(route["host"] ?? route.Set("host", "upstream"));
            }
            else
            {
                host.Imply("the server gets the client's Host");
            }
        }

        if (service["loadBalancer.responseForwarding.flushInterval"] is { Value: { } flush } interval)
        {
            interval.Say(route.Set("flush_interval", flush.StartsWith('-') ? "0" : Units.Duration(flush) ?? "0"));
        }

        return use;
    }

    // The servers of a service, and of those that it is made of.
    private List<OutputNode> ServersOf(ServiceSource service, int weight, HashSet<ServiceSource> above)
    {
        var nodes = new List<OutputNode>();
        if (!above.Add(service))
        {
            return nodes;
        }

        foreach ((string url, string? own, SourceKey? key) in service.Servers)
        {
            if (Url(url, key) is { } server)
            {
                int share = int.TryParse(own, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number * weight : weight;
                OutputNode node = share == 1 ? new OutputText(server) : Weighted(server, share);
                nodes.Add(node);
                key?.Say(node);
            }
        }

        foreach (SourceKey part in service["weighted.services"]?.Keys ?? [])
        {
            int share = int.TryParse(part["weight"]?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 1;
            OutputNode[] inner = [.. Inner(part["name"], weight * share, above)];
            nodes.AddRange(inner);
            if (inner.Length > 0)
            {
                part.Say(inner[0]);
            }
        }

        foreach (OutputNode node in Inner(service["failover.fallback"], 1, above))
        {
            OutputMap backup = node as OutputMap ?? new OutputMap();
            if (node is OutputText text)
            {
                backup.Set("url", text);
            }

            backup.Word("backup", "true");
            nodes.Add(backup);
            service["failover.fallback"]?.Say(backup);
        }

        foreach (string way in (string[])["failover.service", "mirroring.service"])
        {
            OutputNode[] inner = [.. Inner(service[way], weight, above)];
            nodes.InsertRange(0, inner);
            if (inner.Length > 0)
            {
                service[way]?.Say(inner[0]);
            }
        }

        service["mirroring.mirrors"]?.Lose("a spec sends a request to one server: no copies");
        service["weighted.sticky"]?.Lose("a spec's cookie names one server of all");
        above.Remove(service);
        return nodes;
    }

    private List<OutputNode> Inner(SourceKey? name, int weight, HashSet<ServiceSource> above) =>
        name?.Value is { } value && configuration.Services.TryGetValue(Configuration.Local(value), out ServiceSource? service)
            ? ServersOf(service, weight, above)
            : [];

    private static OutputMap Weighted(string url, int share)
    {
        var map = new OutputMap();
        map.Set("url", url);
        map.Word("weight", string.Create(CultureInfo.InvariantCulture, $"{share}"));
        return map;
    }

    private static string? Url(string url, SourceKey? key)
    {
        int scheme = url.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0)
        {
            key?.Lose("a server is a URL with its port");
            return null;
        }

        int slash = url.IndexOf('/', scheme + 3);
        if (slash >= 0 && slash < url.Length - 1)
        {
            key?["url"]?.Imply("Traefik leaves the path of a server's URL out");
        }

        string authority = slash < 0 ? url : url[..slash];
        bool hasPort = authority.LastIndexOf(':') > Math.Max(scheme, authority.LastIndexOf(']'));
        return hasPort ? authority : authority + (url.StartsWith("https", StringComparison.Ordinal) ? ":443" : ":80");
    }

    private static void Servers(OutputMap settings, List<OutputNode> servers) =>
        settings.Set("servers", servers is [OutputText only] ? only : (OutputNode)new OutputList(servers));

    private static void Balance(OutputMap settings, ServiceSource service, int servers)
    {
        if (service["loadBalancer.sticky.cookie"] is { } cookie)
        {
            if (servers > 1)
            {
                OutputNode place = settings.Map("balance").Set("cookie", cookie["name"]?.Value ?? "lb");
                cookie.Say(place, "the cookie's values are others");
                foreach (SourceKey part in cookie.Keys.Where(static part => !part.Name.Equals("name", StringComparison.OrdinalIgnoreCase)))
                {
                    part.Imply("a spec's cookie has its own attributes");
                }
            }
            else
            {
                service["loadBalancer.sticky"]?.Imply("there is one server");
            }
        }

        if (service["loadBalancer.strategy"] is { } strategy)
        {
            switch (strategy.Value)
            {
                case "p2c":
                    strategy.Say(settings.Word("balance", "random"), "of two servers Traefik takes the less busy one");
                    break;
                case "hrw":
                    strategy.Say(settings.Word("balance", "ip_hash"));
                    break;
                case "leasttime":
                    strategy.Lose("a spec has no such policy");
                    break;
                default:
                    strategy.Imply("servers take turns");
                    break;
            }
        }
    }

    private static void Health(OutputMap settings, ServiceSource service)
    {
        if (service["loadBalancer.healthCheck"] is { } check && check["path"] is { Value: { } path } asked)
        {
            OutputMap active = settings.Map("health").Map("active");
            asked.Say(active.Set("path", path));
            Duration(active, check["interval"], "interval", "30s");
            Duration(active, check["timeout"], "timeout", "5s");
            if (check["status"] is { Value: { } status } expected && status != "0")
            {
                expected.Say(active.Word("status", status));
            }
            else
            {
                active.Set("status", new OutputList(new OutputText("2xx"), new OutputText("3xx")));
            }

            check["method"]?.Imply("probes are sent with GET");
            check["followRedirects"]?.Tune("the spec says which statuses pass");
            foreach (string part in (string[])["port", "scheme", "hostname", "headers", "mode"])
            {
                check[part]?.Lose("the spec's probes go to the server as requests do");
            }

            check["unhealthyInterval"]?.Tune("the spec has one interval");
        }

        if (service["loadBalancer.passiveHealthCheck"] is { } watched)
        {
            OutputMap passive = settings.Map("health").Map("passive");
            watched["maxFailedAttempts"]?.Say(passive.Word("max_fails", watched["maxFailedAttempts"]?.Value ?? "1"));
            Duration(passive, watched["failureWindow"], "fail_for", "10s");
        }
    }

    private static void Duration(OutputMap to, SourceKey? key, string field, string otherwise)
    {
        OutputText place = to.Set(field, Units.Duration(key?.Value) ?? otherwise);
        key?.Say(place);
    }

    private static void Retries(OutputMap? settings, SourceKey? retries)
    {
        if (
            !int.TryParse(retries?["attempts"]?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out int attempts) || retries is null
        )
        {
            return;
        }

        if (attempts == 2)
        {
            retries.Imply("one other server is tried");
        }
        else if (settings is not null)
        {
            retries.Say(settings.Word("retries", string.Create(CultureInfo.InvariantCulture, $"{Math.Max(attempts - 1, 0)}")));
        }
        else
        {
            retries.Lose("retries are an upstream's, and other routes use it without them");
        }
    }

    private static void Say(ServiceSource service, OutputNode use, bool isUrl)
    {
        if (!isUrl)
        {
            return;
        }

        foreach (SourceKey? key in service.Servers.Select(static server => server.Key).Append(service["mirroring.service"]))
        {
            key?.Say(use);
        }
    }
}
