using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Confgen.Compiler.Syntax;
using Confgen.Model.Diagnostics;
using Confgen.Model.RequestTargets;
using Confgen.Model.Rules;
using Confgen.Model.Units;
using Confgen.Targets.Traefik.Syntax;

namespace Confgen.Targets.Tests.Traefik;

/// <summary>
/// What Traefik does with a request, by a reading of its sources: the router with the highest priority whose rule holds, then the
/// middlewares in their order, then a server.
/// </summary>
internal sealed class TraefikReading
{
    private readonly bool _keepsReserved;
    private readonly MapSyntax _http;
    private readonly (string Name, TraefikRule Rule, int Priority, MapSyntax Node)[] _routers;
    private readonly Dictionary<string, (int Port, bool Https)> _entryPoints;

    /// <summary>Reads a dynamic file.</summary>
    /// <param name="text">The file.</param>
    /// <param name="entryPoints">The listeners by their names.</param>
    /// <param name="keepsReserved">Whether the release keeps escapes of reserved characters, as since 3.4.1.</param>
    public TraefikReading(string text, Dictionary<string, (int Port, bool Https)> entryPoints, bool keepsReserved)
    {
        (_keepsReserved, _entryPoints) = (keepsReserved, entryPoints);
        var root = (MapSyntax)YamlText.Read(new SourceText("dynamic.yaml", text), new DiagnosticBag())!;
        _http = (MapSyntax)root.Find("http")!;
        _routers =
        [
            .. ((MapSyntax)_http.Find("routers")!)
                .Entries.Select(static entry => (Name: entry.Key.Value, Node: (MapSyntax)entry.Value))
                .Select(static router =>
                    (router.Name, Rule(router.Node), int.Parse(Text(router.Node, "priority"), CultureInfo.InvariantCulture), router.Node)
                )
                .OrderByDescending(static router => router.Item3),
        ];
    }

    /// <summary>What the request gets.</summary>
    public TraefikOutcome Of(EvaluatedRequest request)
    {
        string[] parts = request.Target.Split('?', 2);
        string query = parts.Length > 1 ? "?" + parts[1] : "";
        if (GoPath.Parse(RawTarget.FromText(parts[0])) is not { } path)
        {
            return new TraefikOutcome("", 400, null, null);
        }

        path = _keepsReserved ? path.Normalized() : path;
        string routing = path.Routing(_keepsReserved);
        foreach ((string name, TraefikRule rule, _, MapSyntax node) in _routers)
        {
            if (Listens(node, request) && RuleEvaluator.Holds(rule, request, routing))
            {
                return Through(name, node, request, path, query);
            }
        }

        return new TraefikOutcome("", 404, null, null);
    }

    private TraefikOutcome Through(string name, MapSyntax router, EvaluatedRequest request, GoPath path, string query)
    {
        foreach (string middleware in List(router, "middlewares"))
        {
            var node = (MapSyntax)((MapSyntax)_http.Find("middlewares")!).Find(middleware)!;
            if (node.Find("ipAllowList") is MapSyntax allow && !IsIn(List(allow, "sourceRange"), request))
            {
                int status = allow.Find("rejectStatusCode") is ScalarSyntax code
                    ? int.Parse(code.Value, CultureInfo.InvariantCulture)
                    : 403;
                return new TraefikOutcome(name, status, null, null);
            }

            if (node.Find("redirectRegex") is MapSyntax redirect)
            {
                string url = $"{(request.Https ? "https" : "http")}://{request.Host}{path.Escaped}{query}";
                var regex = new Regex(RuleEvaluator.OfGo(Text(redirect, "regex")), RegexOptions.CultureInvariant);
                string to = regex.Replace(url, Text(redirect, "replacement"));
                bool permanent = Text(redirect, "permanent") == "true";
                int status = request.Method == "GET" ? (permanent ? 301 : 302) : (permanent ? 308 : 307);
                return new TraefikOutcome(name, status, to, null);
            }

            if (node.Find("replacePathRegex") is MapSyntax replace)
            {
                var regex = new Regex(RuleEvaluator.OfGo(Text(replace, "regex")), RegexOptions.CultureInvariant);
                string current = Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(path.Current));
                if (regex.IsMatch(current))
                {
                    path = GoPath.Replaced(RawTarget.FromText(regex.Replace(current, Text(replace, "replacement"))));
                }
            }
        }

        string service = Text(router, "service");
        return service == "noop@internal"
            ? new TraefikOutcome(name, 418, null, null)
            : new TraefikOutcome(name, 0, null, path.Escaped + query) { Server = Server(service) };
    }

    private string Server(string service)
    {
        var balancer = (MapSyntax)((MapSyntax)((MapSyntax)_http.Find("services")!).Find(service)!).Find("loadBalancer")!;
        return Text((MapSyntax)((ListSyntax)balancer.Find("servers")!).Items[0], "url");
    }

    private bool Listens(MapSyntax router, EvaluatedRequest request) =>
        List(router, "entryPoints").Any(name => _entryPoints[name] == (request.Port, request.Https))
        && router.Find("tls") is not null == request.Https;

    private static bool IsIn(IEnumerable<string> ranges, EvaluatedRequest request) =>
        ranges.Any(range => Cidr.TryParse(range, out Cidr block, out _) && block.Contains(request.Peer));

    private static TraefikRule Rule(MapSyntax router) =>
        TraefikRuleParser.TryParse(Text(router, "rule"), out TraefikRule? rule, out string? problem)
            ? rule
            : throw new InvalidDataException(problem);

    private static string Text(MapSyntax map, string key) => ((ScalarSyntax)map.Find(key)!).Value;

    private static IEnumerable<string> List(MapSyntax map, string key) =>
        (map.Find(key) as ListSyntax)?.Items.Select(static item => ((ScalarSyntax)item).Value) ?? [];
}
