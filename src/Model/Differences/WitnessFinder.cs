using System.Net;
using Confgen.Model.Rules;
using Confgen.Model.Units;

namespace Confgen.Model.Differences;

/// <summary>Finds a request of a class that shows a change, by evaluating candidates in both specs until one really differs.</summary>
internal sealed class WitnessFinder
{
    private const int MostTries = 4_000;

    // Passes for credentials in the model, which knows no passwords.
    private static readonly KeyValuePair<string, string> _credentials = new("Authorization", "Basic Y29uZmdlbjpjb25mZ2Vu");

    private static readonly ValueList<KeyValuePair<string, string>> _preflight =
    [
        new("Origin", "https://other.example"),
        new("Access-Control-Request-Method", "PUT"),
    ];

    private readonly Evaluator _old;
    private readonly Evaluator _new;
    private readonly IReadOnlyList<IPAddress> _peers;

    public WitnessFinder(Spec old, Spec @new)
    {
        (_old, _new) = (new Evaluator(old), new Evaluator(@new));
        IEnumerable<Cidr> blocks = old
            .Sites.Concat(@new.Sites)
            .SelectMany(s => s.Routes)
            .SelectMany(r => r.Access.Allow.Concat(r.Access.Deny).Concat(r.Match.Blocks().SelectMany(b => b.Clients)));
        _peers = [.. AddressBorders.Of(blocks)];
    }

    /// <summary>A request that shows the change in an aspect; null where none of those tried does.</summary>
    public Witness? Find(RequestClass requests, Aspect aspect)
    {
        int tries = 0;
        foreach ((Connection connection, HostClass host) in requests.Places)
        {
            foreach (EvaluatedRequest request in Candidates(requests, connection, host, aspect))
            {
                if (++tries > MostTries)
                {
                    return null;
                }

                if (requests.Contains(request) && Shows(request, connection, aspect) is { } witness)
                {
                    return witness;
                }
            }
        }

        return null;
    }

    /// <summary>A request through a proxy that only one spec trusts, to a place that forwards it.</summary>
    /// <param name="requests">The requests.</param>
    /// <param name="blocks">The proxies.</param>
    /// <param name="connections">Every connection of the specs.</param>
    /// <param name="paths">A path of each matcher.</param>
    public Witness? FindTrusted(
        RequestClass requests,
        IReadOnlyList<Cidr> blocks,
        IReadOnlyList<Connection> connections,
        IReadOnlyList<string> paths
    )
    {
        ValueList<KeyValuePair<string, string>> fields = [new("X-Forwarded-For", "198.51.100.9"), _credentials];
        IEnumerable<EvaluatedRequest> Through(Connection connection) =>
            from host in HostClass.Of(new[] { connection.Old, connection.New }.OfType<ListenerModel>().SelectMany(l => l.Sites))
            from path in paths
            from block in blocks
            select new EvaluatedRequest(
                "GET",
                connection.Https,
                connection.Listen.Port,
                Authority(connection, host.Sample),
                path,
                fields,
                AddressBorders.Of(block).ElementAt(1)
            );
        return connections
            .SelectMany(c => Through(c).Select(r => (Connection: c, Request: r)))
            .Take(MostTries)
            .Where(t => requests.Contains(t.Request))
            .Select(t => Shows(t.Request, t.Connection, Aspect.TrustedProxies))
            .FirstOrDefault(w => w is not null);
    }

    private Witness? Shows(EvaluatedRequest request, Connection connection, Aspect aspect)
    {
        (Evaluation before, Evaluation after) = (_old.Evaluate(request, connection.Old), _new.Evaluate(request, connection.New));
        return Outcome.DiffersIn(aspect, Outcome.Of(before), Outcome.Of(after)) ? new Witness(request, connection, before, after) : null;
    }

    // The plainest first: as little as possible is asked of the request.
    private IEnumerable<EvaluatedRequest> Candidates(RequestClass requests, Connection connection, HostClass host, Aspect aspect)
    {
        PathClass[] paths = requests.Paths.Count > 0 ? [.. requests.Paths.Take(20)] : [new PathClass(null, "/", [], "/")];
        ValueList<KeyValuePair<string, string>> asked = requests.Cell?.SampleHeaders() ?? [];
        string query = requests.Cell?.SampleQuery() ?? "";
        string[] methods = requests.Cell is { } cell ? [.. cell.Methods.OrderBy(Rank)] : ["GET", "POST"];
        foreach (PathClass path in paths)
        {
            foreach (string target in Targets(path, query))
            {
                foreach (string method in methods)
                {
                    foreach (ValueList<KeyValuePair<string, string>> extra in Extras(method, aspect))
                    {
                        foreach (IPAddress peer in _peers)
                        {
                            yield return new EvaluatedRequest(
                                method,
                                connection.Https,
                                connection.Listen.Port,
                                Authority(connection, host.Sample),
                                target,
                                [.. asked, .. extra],
                                peer
                            );
                        }
                    }
                }
            }
        }
    }

    private static IEnumerable<string> Targets(PathClass path, string query)
    {
        string tail = query.Length > 0 ? "?" + query : "";
        yield return path.Target + tail;
        yield return path.Target.TrimEnd('/') + "/x" + tail;
        yield return path.Target + "?" + (query.Length > 0 ? query + "&" : "") + "confgen=1";
        yield return path.Target.Replace("/", "//", StringComparison.Ordinal) + tail;

        // A byte that RFC 3986 doesn't allow in a path, which the normal form keeps.
        yield return path.Target.TrimEnd('/') + "/{" + tail;
    }

    private static IEnumerable<ValueList<KeyValuePair<string, string>>> Extras(string method, Aspect aspect)
    {
        if (aspect == Aspect.Credentials)
        {
            yield return [];
            yield return [_credentials];
            yield break;
        }

        yield return [];
        yield return [_credentials];
        if (method == "OPTIONS")
        {
            yield return _preflight;
        }
    }

    private static string Authority(Connection connection, string host) =>
        connection.Listen.SocketPath is not null || connection.Listen.Port == (connection.Https ? 443 : 80)
            ? host
            : string.Create(null, $"{host}:{connection.Listen.Port}");

    private static int Rank(string method) =>
        method switch
        {
            "GET" => 0,
            "POST" => 1,
            "HEAD" => 3,
            "OPTIONS" => 4,
            _ => 2,
        };
}
