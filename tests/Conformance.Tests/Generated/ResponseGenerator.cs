namespace Confgen.Conformance.Tests.Generated;

/// <summary>
/// Makes up specs of what stands between a request and its response: guards, CORS, errors, header rules, limits; on sites that take each
/// other's hosts. Nothing is predicted: that the programs agree is what is tried.
/// </summary>
internal sealed class ResponseGenerator(int seed)
{
    private const string Hash = "$2y$05$abcdefghijklmnopqrstuuOQiyCxlgf/oeuTqixKmWdcYUh4Hjl0a";

    private static readonly string[] _hosts = ["a.test", "b.test", "*.test", "_"];
    private static readonly string[] _paths = ["/", "/a", "/a/b", "/c", "/d"];
    private static readonly string[] _methods = ["GET", "GET", "GET", "HEAD", "POST", "POST", "PUT", "DELETE", "OPTIONS", "OPTIONS"];
    private static readonly string[] _values = ["plain", "two words", "{host}", "{method} {uri}", "{client_ip}", "a;b", "$x", "\\\"q\\\""];
    private static readonly string[] _names = ["X-One", "X-Two", "X-Frame-Options", "Content-Type", "X-App"];
    private static readonly string[] _whens = ["4xx", "5xx", "403", "404", "401", "413", "502"];

    private readonly Random _random = new(seed);

    public GeneratedCase Make()
    {
        string[] hosts = [.. _hosts.OrderBy(_ => _random.Next()).Take(_random.Next(1, 4))];
        int backend = 0;
        GeneratedSite[] sites = [.. hosts.Select(host => Site(host, ref backend))];
        GeneratedRequest[] requests = [.. Enumerable.Range(0, 40).Select(_ => Request(hosts))];
        return new GeneratedCase([], sites, requests) { IsOpen = true };
    }

    private GeneratedSite Site(string host, ref int backend)
    {
        List<string> extras = [.. Headers(30, request: false), .. Errors(30)];
        var routes = new List<GeneratedRoute>();
        foreach (string path in _paths.OrderBy(_ => _random.Next()).Take(_random.Next(1, 4)))
        {
            routes.Add(Route(path, ref backend));
        }

        // Whether a body is too long for what no route takes, or nothing is there, is left to the program.
        bool leavesRest = routes.TrueForAll(route => route.Matcher != "path: \"/\"");
        return new GeneratedSite(
            host,
            extras,
            leavesRest
                ?
                [
                    .. routes.Select(route =>
                        route with
                        {
                            Extras = [.. route.Extras.Where(extra => !extra.StartsWith("max_body", StringComparison.Ordinal))],
                        }
                    ),
                ]
                : routes
        );
    }

    private GeneratedRoute Route(string path, ref int backend)
    {
        backend = (backend % GeneratedCase.Backends.Count) + 1;
        string action = _random.Next(10) switch
        {
            0 or 1 => "proxy: \"http://127.0.0.1:${REFUSED}\"",
            2 => Pick([
                "respond: hello",
                "respond: { status: 404, body: gone }",
                "respond: { status: 204 }",
                "respond: 403",
                "respond: { status: 503, body: \"{}\", content_type: application/json }",
            ]),
            3 => Pick(["redirect: https://new.test/", "redirect: { to: \"https://new.test{uri}\", status: 302 }"]),
            _ => $"proxy: \"http://127.0.0.1:${{B{backend}}}\"",
        };
        bool proxied = action.StartsWith("proxy", StringComparison.Ordinal);
        List<string> extras = [.. Headers(40, request: proxied), .. Errors(30), .. Guards()];
        if (Chance(15))
        {
            extras.Add($"cache_control: {Pick(["no-store", "\"public, max-age=60\""])}");
        }

        // Of a request that guards refuse and whose body is too long, either may be told.
        if (
            proxied
            && Chance(20)
            && !extras.Exists(extra =>
                extra.StartsWith("basic_auth", StringComparison.Ordinal)
                || extra.StartsWith("allow", StringComparison.Ordinal)
                || extra.StartsWith("deny", StringComparison.Ordinal)
            )
        )
        {
            extras.Add("max_body: 5");
        }

        return new GeneratedRoute($"{Pick(["path", "path", "exact"])}: \"{path}\"", action, extras);
    }

    private IEnumerable<string> Guards()
    {
        if (Chance(20))
        {
            yield return $"basic_auth: {{ {(Chance(50) ? "realm: members, " : "")}users: {{ bob: \"{Hash}\" }} }}";
        }

        if (Chance(15))
        {
            yield return Pick(["allow: [127.0.0.1]", "deny: [127.0.0.2]", "allow: [127.0.0.1, 127.0.0.2]"]);
        }

        if (Chance(25))
        {
            string more = string.Concat(
                new[] { ", methods: [GET, PUT]", ", headers: [X-One]", ", expose_headers: [X-Two]", ", max_age: 1h" }.Where(_ => Chance(50))
            );
            string origins = Pick([
                "[\"*\"]",
                "[\"https://app.test\"]",
                "[\"https://app.test\", \"https://b.test:8443\"], credentials: true",
            ]);
            yield return $"cors: {{ origins: {origins}{more} }}";
        }
    }

    private IEnumerable<string> Errors(int percent)
    {
        if (Chance(percent))
        {
            string[] pages =
            [
                .. _whens
                    .Where(_ => Chance(30))
                    .Select(when =>
                        $"{when}: {{ body: \"{when}!\"{Pick(["", "", ", status: 503", ", content_type: application/json"])} }}"
                    ),
            ];
            // Of 5xx all or none: nginx can't tell its own from the upstream's.
            string intercept =
                Chance(30) && pages.Any(page => page.StartsWith("5xx", StringComparison.Ordinal))
                    ? Pick(["intercept: [404, 5xx]", "intercept: [5xx]"])
                    : "";
            string[] all = [.. pages, .. intercept.Length > 0 ? [intercept] : Array.Empty<string>()];
            if (all.Length > 0)
            {
                yield return $"errors: {{ {string.Join(", ", all)} }}";
            }
        }
    }

    private IEnumerable<string> Headers(int percent, bool request)
    {
        string[] halves =
        [
            .. (request ? new[] { "request", "response" } : ["response"])
                .Where(_ => Chance(percent))
                .Select(half => $"{half}: {{ {Rules(half)} }}"),
        ];
        if (halves.Length > 0)
        {
            yield return $"headers: {{ {string.Join(", ", halves)} }}";
        }
    }

    private string Rules(string half)
    {
        string[] names =
        [
            .. _names.Where(name => half == "response" || name.StartsWith("X-", StringComparison.Ordinal)).OrderBy(_ => _random.Next()),
        ];
        return Pick([
            $"set: {{ {names[0]}: \"{Pick(_values)}\" }}",
            $"add: {{ {Added(names)}: \"{Pick(_values)}\" }}",
            $"remove: [{Removed(names)}]",
            $"set: {{ {names[0]}: \"{Pick(_values)}\" }}, remove: [{Removed(names[1..])}]",
        ]);
    }

    // A second line of it would mean nothing.
    private static string Added(string[] names) => names.First(name => name != "Content-Type");

    // nginx can't leave it out.
    private static string Removed(string[] names) => names.First(name => name != "Content-Type");

    private GeneratedRequest Request(string[] hosts)
    {
        string host = Pick(hosts) switch
        {
            "_" => "other.example",
            ['*', .. var rest] => "w" + rest,
            var name => name,
        };
        string method = Pick(_methods);
        var headers = new List<string>();
        if (Chance(35))
        {
            headers.Add("Origin: " + Pick(["https://app.test", "https://app.test", "https://b.test:8443", "https://evil.test", "null"]));
        }

        if (method == "OPTIONS" && Chance(70))
        {
            headers.Add("Access-Control-Request-Method: PUT");
        }

        if (Chance(50))
        {
            // bob:secret, bob:wrong.
            headers.Add(
                "Authorization: " + Pick(["Basic Ym9iOnNlY3JldA==", "Basic Ym9iOnNlY3JldA==", "Basic Ym9iOndyb25n", "Bearer x", "Basic !"])
            );
        }

        if (Chance(20))
        {
            headers.Add(Pick(["X-One: 1", "X-Two: a", "Cookie: a=b"]));
        }

        // Of one that is too long but not counted the upstream may see the beginning.
        string? body = method is "POST" or "PUT" ? Pick(["hello", "123456", "x"]) : null;
        string path = Pick(_paths) + Pick(["", "", "/", "/x", "?q=1"]);
        return new GeneratedRequest(
            method,
            path.Replace("//", "/", StringComparison.Ordinal),
            host,
            Pick(["127.0.0.1", "127.0.0.1", "127.0.0.2"]),
            headers,
            body,
            body?.Length <= 5 && Chance(40)
        )
        {
            Response = ResponseOf(),
        };
    }

    private string? ResponseOf() =>
        _random.Next(12) switch
        {
            0 => "{ status: 404, body: \"not here\" }",
            1 => "{ status: 500, body: oops, headers: [\"X-One: app\", \"Cache-Control: private\"] }",
            2 => "{ status: 503 }",
            3 => "{ status: 204 }",
            4 => "{ status: 304, headers: ['ETag: \"x\"'] }",
            5 => "{ status: 302, headers: [\"Location: /elsewhere\"] }",
            6 => "{ headers: [\"Vary: Accept\", \"Access-Control-Allow-Origin: https://upstream.test\", \"Set-Cookie: a=1\", \"Set-Cookie: "
                + "b=2\"], body: x }",
            7 => "{ chunked: [one, two], headers: [\"Server: app/1\", \"X-Two: app\", \"X-Two: again\"] }",
            _ => null,
        };

    private bool Chance(int percent) => _random.Next(100) < percent;

    private string Pick(string[] from) => from[_random.Next(from.Length)];
}
