using Confgen.Model.Rules;

namespace Confgen.Compiler.Tests.Differences;

/// <summary>
/// Pairs of specs that differ in one to three places, and requests that fall near the borders of their matchers; made of a seed.
/// </summary>
internal sealed class SpecPairs(int seed)
{
    private static readonly string[] _hosts = ["a.test", "b.test", "\"*.a.test\"", "_", "x.a.test", "x.*", "x.a.*"];
    private static readonly string[] _paths = ["/", "/api", "/api/v1", "/admin", "/apix", "/é", "/a b"];
    private static readonly string[] _exacts = ["/", "/api", "/healthz", "/api/", "/admin/x"];
    private static readonly string[] _regexes =
    [
        "^/api/v[0-9]+/",
        "\\\\.php$",
        "(?i)^/ADMIN",
        "^/[a-z]+$",
        "\\\\badmin\\\\b",
        "^/(a|b)/[^/]*$",
        "x{2,3}",
    ];
    private static readonly string[] _upstreams = ["http://127.0.0.1:3000", "http://127.0.0.1:4000", "http://127.0.0.1:5000"];
    private static readonly string[] _names = ["a.test", "b.test", "c.a.test", "x.a.test", "d.c.a.test", "other.example"];
    private static readonly string[] _targets =
    [
        "/",
        "/api",
        "/api/",
        "/api/v1",
        "/api/v1/users",
        "/api/v22/x",
        "/apix",
        "/admin",
        "/admin/x",
        "/ADMIN",
        "/administer",
        "/x/admin/y",
        "/index.php",
        "/a/b",
        "/b/c/d",
        "/%C3%A9",
        "/%C3%A9/x",
        "/a%20b",
        "/a%20b/c",
        "/healthz",
        "/healthz/",
        "//api//v1",
        "/./admin",
        "/api/%7Bx",
        "/api/{x",
        "/xxx",
        "/axx",
        "/api?v=1",
        "/api?v=2&w=",
        "/admin?v=10",
        "/x/../y",
        "/api%2Fv1",
    ];

    private readonly Random _random = new(seed);

    /// <summary>Two texts: the second is the first with one to three lines changed, added, removed or moved.</summary>
    public (string Old, string New) Pair()
    {
        List<List<string>> sites = [];
        for (int i = _random.Next(1, 4); i > 0; i--)
        {
            sites.Add([.. Enumerable.Range(0, _random.Next(1, 6)).Select(_ => Route())]);
        }

        string[] heads = [.. sites.Select((_, i) => Head(i))];
        string[] before = [.. sites.Select((s, i) => Site(heads[i], s))];
        string trustBefore = Trust();
        string trustAfter = _random.Next(6) == 0 ? Trust() : trustBefore;
        for (int changes = _random.Next(1, 4); changes > 0; changes--)
        {
            List<string> routes = sites[_random.Next(sites.Count)];
            switch (_random.Next(5))
            {
                case 0:
                    routes.Insert(_random.Next(routes.Count + 1), Route());
                    break;
                case 1 when routes.Count > 1:
                    routes.RemoveAt(_random.Next(routes.Count));
                    break;
                case 2:
                    routes.Reverse();
                    break;
                case 3:
                    heads[_random.Next(heads.Length)] = Head(_random.Next(sites.Count));
                    break;
                default:
                    routes[_random.Next(routes.Count)] = Route();
                    break;
            }
        }

        return (
            trustBefore + "sites:\n" + string.Concat(before),
            trustAfter + "sites:\n" + string.Concat(sites.Select((s, i) => Site(heads[i], s)))
        );
    }

    /// <summary>A request.</summary>
    public EvaluatedRequest Request()
    {
        var headers = new List<KeyValuePair<string, string>>();
        Add(headers, 3, "X-Version", Pick("1", "2", "10", "x"));
        Add(headers, 4, "Authorization", "Basic YTpi");
        Add(headers, 5, "X-Forwarded-For", Pick("198.51.100.9", "10.1.2.3", "192.0.2.7, 10.0.0.1"));
        Add(headers, 5, "Origin", "https://other.example");
        Add(headers, 6, "Access-Control-Request-Method", "PUT");
        int port = Pick(80, 8080, 80);
        return new EvaluatedRequest(
            Pick("GET", "GET", "POST", "OPTIONS", "DELETE", "BREW", "TRACE"),
            false,
            port,
            Pick(_names),
            Pick(_targets),
            [.. headers],
            System.Net.IPAddress.Parse(Pick("203.0.113.7", "10.0.0.1", "10.0.0.255", "192.0.2.9", "2001:db8::1"))
        );
    }

    private void Add(List<KeyValuePair<string, string>> headers, int oneIn, string name, string value)
    {
        if (_random.Next(oneIn) == 0)
        {
            headers.Add(new(name, value));
        }
    }

    private static string Site(string head, IEnumerable<string> routes) =>
        $"{head}    routes:\n{string.Concat(routes.Select(r => $"      - {{ {r} }}\n"))}";

    private string Head(int index)
    {
        string extra = Pick(
            "",
            "",
            "",
            "    headers: { response: { set: { X-Site: a } } }\n",
            "    compress: [gzip]\n",
            "    limits: { head: 16KB }\n"
        );
        return $"  - host: {_hosts[(index + _random.Next(2)) % _hosts.Length]}\n    listen: {Pick(80, 80, 8080)}\n{extra}";
    }

    private string Trust() => Pick("", "", "trusted_proxies: [10.0.0.0/8]\n", "trusted_proxies: [10.0.0.0/24, 192.0.2.0/24]\n");

    private string Route()
    {
        string path = Pick(
            $"path: \"{Pick(_paths)}\"",
            $"path: \"{Pick(_paths)}\"",
            $"exact: \"{Pick(_exacts)}\"",
            $"regex: \"{Pick(_regexes)}\""
        );
        string match = Pick(
            "",
            "",
            "match: { method: [POST, DELETE] }",
            "match: { header: { X-Version: \"1*\" } }",
            "match: { query: { v: \"1*\" } }",
            "match: { header: { X-Version: { regex: '^1.?$' } }, query: { v: { regex: '[01]$' } } }",
            "match: { method: GET, header: { x-version: \"*0\" }, query: { w: \"\" } }"
        );
        string action = Pick(
            $"proxy: \"{Pick(_upstreams)}\"",
            $"proxy: \"{Pick(_upstreams)}\"",
            "respond: ok",
            "respond: 404",
            "redirect: \"https://new.test{uri}\"",
            "redirect: \"https://new.test{path}\"",
            "files: /srv"
        );
        bool isProxy = action.StartsWith("proxy", StringComparison.Ordinal);
        string more = Pick(
            "",
            "",
            "",
            "allow: [10.0.0.0/24]",
            "deny: [203.0.113.0/24]",
            "basic_auth: { users: { a: \"$2y$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy\" } }",
            "cache_control: no-store",
            "cors: { origins: [\"https://other.example\"] }",
            "rate_limit: { rate: 10/s }",
            "max_body: 1MB"
        );
        string proxied = isProxy
            ? Pick(
                "",
                "",
                path.StartsWith("path: \"/a", StringComparison.Ordinal) ? "strip_prefix: true" : "",
                "timeouts: { read: 10s }",
                "headers: { request: { set: { X-A: \"{path}\" } } }",
                "host: upstream",
                "transparent: true"
            )
            : "";
        return string.Join(", ", new[] { path, match, action, more, proxied }.Where(p => p.Length > 0));
    }

    private T Pick<T>(params T[] of) => of[_random.Next(of.Length)];
}
