using System.Globalization;
using System.Text;

namespace Confgen.Conformance.Tests.Generated;

/// <summary>Makes up specs of the language's routing and rewriting, and requests that come near their routes.</summary>
internal sealed partial class CaseGenerator(int seed)
{
    private readonly Random _random = new(seed);

    public GeneratedCase Make()
    {
        string[] hosts = [.. Shuffled(_hosts).Take(_random.Next(1, 4))];
        int backend = 0;
        GeneratedSite[] sites = [.. hosts.Select(h => Site(h, ref backend))];
        string[] trusted = Chance(30) ? ["127.0.0.2", "10.0.0.0/8"] : [];
        string[] paths =
        [
            .. sites
                .SelectMany(s => s.Routes)
                .Select(r => r.Matcher)
                .Where(m => !m.StartsWith("regex", StringComparison.Ordinal))
                .Select(m => Unquoted(m)),
        ];
        GeneratedRequest[] requests = [.. Enumerable.Range(0, 40).Select(_ => Request(hosts, paths))];
        return new GeneratedCase(trusted, sites, requests);
    }

    private GeneratedSite Site(string host, ref int backend)
    {
        var extras = new List<string>();
        if (Chance(20))
        {
            extras.Add($"headers: {{ request: {{ set: {{ X-Site: {Value()} }} }}, response: {{ set: {{ X-Back: {Value()} }} }} }}");
        }

        var routes = new List<GeneratedRoute>();
        for (int i = _random.Next(1, 7); i > 0; i--)
        {
            routes.Add(Route(ref backend));
        }

        // Two routes may not take just the same.
        return new GeneratedSite(
            host,
            extras,
            [.. routes.DistinctBy(r => r.Matcher + string.Concat(r.Extras.Where(e => e.StartsWith("match", StringComparison.Ordinal))))]
        );
    }

    private GeneratedRoute Route(ref int backend)
    {
        string kind = Pick(["path", "path", "path", "exact", "regex"]);
        string text = kind == "regex" ? Pick(_regexes) : Pick(_paths) + (kind == "exact" && Chance(20) ? "/" : "");
        text = text == "//" ? "/" : text;
        var extras = new List<string>();
        if (Chance(30))
        {
            extras.Add(
                "match: "
                    + Pick([
                        "{ method: [POST, PUT] }",
                        "{ header: { X-Mode: \"a*c\" } }",
                        "{ query: { beta: \"1\" } }",
                        "{ query: { beta: \"1*\" } }",
                        "{ method: GET, header: { X-Mode: \"*\" } }",
                    ])
            );
        }

        if (Chance(15))
        {
            // Below a prefix, a path of the same site would lead back to itself.
            string there = kind == "exact" ? "/to?{query}" : "https://to.test/?{query}";
            extras.Add(
                Pick([
                    Respond(),
                    $"redirect: {{ to: {Yaml.Quote(Pick(["https://new.test{uri}", there, "{scheme}://{host}/$1"]))}, status: "
                        + $"{Pick(["301", "302", "307", "308"])} }}",
                ])
            );
            return new GeneratedRoute($"{kind}: {Yaml.Quote(text)}", extras[^1], extras[..^1]);
        }

        Proxied(kind, text, extras);
        backend = (backend % GeneratedCase.Backends.Count) + 1;
        return new GeneratedRoute($"{kind}: {Yaml.Quote(text)}", $"proxy: \"http://127.0.0.1:${{B{backend}}}\"", extras);
    }

    private void Proxied(string kind, string text, List<string> extras)
    {
        if (Chance(50))
        {
            bool prefix = kind == "path" && text != "/";
            (string regex, string to) = Pick(_rewrites);
            extras.Add(
                _random.Next(prefix ? 4 : 2) switch
                {
                    0 => $"add_prefix: {Pick(["/base", "/b%20c", "/x/y", "/$1"])}",
                    1 => $"rewrite: {{ regex: '{regex}', to: "
                        + $"{Yaml.Quote(to.Replace("<", "", StringComparison.Ordinal).Replace(">", "", StringComparison.Ordinal))} }}",
                    2 => $"replace_prefix: {Pick(["/v2", "/", "/p%2Fq"])}",
                    _ => "strip_prefix: true",
                }
            );
        }

        if (Chance(20))
        {
            extras.Add(
                $"headers: {{ request: {{ {Pick(["set", "add"])}: {{ X-Mode: {Value()}, X-New: {Value()} }}, remove: [X-Gone] }}, "
                    + $"response: {{ set: {{ X-Back: {Value()} }}, remove: [X-App] }} }}"
            );
        }

        if (Chance(10))
        {
            extras.Add(Pick(["allow: [127.0.0.1]", "deny: [127.0.0.3, 1.2.3.0/24]"]));
        }

        if (Chance(10))
        {
            extras.Add($"host: {Pick(["upstream", "literal.test"])}");
        }
    }

    private GeneratedRequest Request(string[] hosts, string[] paths)
    {
        string path = Chance(70) && paths.Length > 0 ? Pick(paths) : Pick(_paths);
        path = path.TrimEnd('/') + Pick(["", "", "", "/", "/x", "/x/y.js", "x", "/12/b", "/a.txt", "/b", ".css", "/%", "/xx"]);
        string target = Respell(path.Length == 0 ? "/" : path) + Pick(_queries);
        string host = Chance(80) ? Pick(hosts) : Pick(_asked);
        host = host switch
        {
            "_" => "other.test",
            ['*', .. var rest] => "w" + rest,
            _ => host,
        };
        target = target.StartsWith('/') && Chance(4) ? $"http://{Pick(["a.test", "b.test"])}{target}" : target;
        var headers = new List<string>();
        if (Chance(25))
        {
            headers.Add($"{Pick(["X-Mode", "x-mode", "X-MODE"])}: {Pick(["abc", "ac", "b", "aXc"])}");
        }

        if (Chance(20))
        {
            headers.Add(
                Pick([
                    "X-Forwarded-For: 1.2.3.4",
                    "X-Forwarded-For: 6.6.6.6, 1.2.3.4, 10.1.2.3",
                    "X-Forwarded-Proto: https",
                    "X-Forwarded-Host: public.test",
                    "Forwarded: for=1.2.3.4",
                    "X_Forwarded_For: 1.2.3.4",
                    "X-Real-IP: 1.2.3.4",
                ])
            );
        }

        if (Chance(20))
        {
            headers.Add(
                Pick([
                    "X-Gone: 1",
                    "Cookie: a=b",
                    "Cookie: b=a; a={x} $1",
                    "X-Back: 1",
                    "TE: trailers",
                    "Connection: keep-alive",
                    "Accept: */*",
                    "X-Other: $x {y}",
                ])
            );
        }

        string method = Pick(_methods);
        bool body = method is "POST" or "PUT" or "PATCH" && Chance(70);
        return new GeneratedRequest(
            method,
            target,
            host,
            Pick(["127.0.0.1", "127.0.0.1", "127.0.0.2", "127.0.0.3"]),
            headers,
            body ? Pick(["hello", "a=b&c=d", "\r\n\r\n"]) : null,
            Chance(40)
        );
    }

    // The same path in another spelling, or nearly the same.
    private string Respell(string path)
    {
        var target = new StringBuilder();
        int wild = Pick([0, 0, 5, 25]);
        byte[] bytes = Encoding.UTF8.GetBytes(path);
        for (int i = 0; i < bytes.Length; i++)
        {
            char c = (char)bytes[i];
            if (c == '/')
            {
                // Nothing but `/` starts a target.
                target.Append(
                    i > 0 && Chance(wild) ? Pick(["%2F", "%2f", "//", "/./", "/%2e/"])
                    : Chance(wild) ? "//"
                    : "/"
                );
                continue;
            }

            bool mustEscape = c is <= ' ' or > '~' or '"' or '<' or '>' or '\\' or '^' or '`' or '{' or '|' or '}' or '#' or '%' or '?';
            target.Append(
                mustEscape || Chance(wild)
                    ? Chance(50)
                        ? $"%{(int)c:x2}"
                        : $"%{(int)c:X2}"
                    : c.ToString()
            );
        }

        return target + (Chance(2) ? Pick(["/..", "/../a", "/%2e%2e/", "/..%2f", "%", "%zz", "%00"]) : "");
    }

    private string Value() => Yaml.Quote(Pick(_values));

    private string Respond()
    {
        int status = _random.Next(200, 205);
        string body = Pick(_values);
        return status == 204 ? "respond: { status: 204 }" : $"respond: {{ status: {status}, body: {Yaml.Quote(body)} }}";
    }

    private static string Unquoted(string matcher)
    {
        string text = matcher[(matcher.IndexOf('"', StringComparison.Ordinal) + 1)..^1].Replace("\\\"", "\"", StringComparison.Ordinal);
        return System.Text.RegularExpressions.Regex.Replace(
            text,
            @"\\x([0-9a-f]{2})",
            m => ((char)int.Parse(m.Groups[1].Value, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)).ToString()
        );
    }

    private bool Chance(int percent) => _random.Next(100) < percent;

    private T Pick<T>(IReadOnlyList<T> from) => from[_random.Next(from.Count)];

    private IEnumerable<T> Shuffled<T>(IEnumerable<T> items) => items.OrderBy(_ => _random.Next());
}
