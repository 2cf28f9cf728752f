namespace Confgen.Targets.Tests.Traefik;

/// <summary>Random specs of what routers decide, and requests that may tell their routes apart.</summary>
/// <param name="random">What chooses.</param>
internal sealed class RandomSites(Random random)
{
    private static readonly string[] _hosts = ["a.example.com", "b.example.com", "'*.example.com'", "'www.*'", "_", "'*.b.example.com'"];
    private static readonly string[] _asked =
    [
        "a.example.com",
        "A.example.com:80",
        "b.example.com.",
        "x.example.com",
        "x.b.example.com",
        "www.example.org",
        "www.x",
        "other.test",
    ];
    private static readonly string[] _paths = ["/", "/a", "/a/b", "/a:b", "/é", "/a b", "/100%", "/a!(b)", "/.well-known", "/a+b/c"];
    private static readonly string[] _regexes =
    [
        @"^/a(/|$)",
        @"\.js$",
        @"^/[a-c]+$",
        "[:!]",
        @"^/.+b$",
        "(?i)^/A",
        @"^/\d{2}",
        "%",
        @"[^a]b",
        "^/(?:x|y:)z*",
        @"^/a\sb",
    ];
    private static readonly string[] _pieces =
    [
        "/",
        "/",
        "/",
        "a",
        "b",
        "a",
        "%61",
        "%2F",
        "%2f",
        "/./",
        "%2e",
        ".",
        ":",
        "%3A",
        "%3a",
        "!",
        "%21",
        "(",
        ")",
        "%25",
        "%20",
        "%C3%A9",
        "é",
        "+",
        ".js",
        "1",
        "00",
        ";x",
        "\\",
        "\"",
        "[",
        "..",
        "%00",
        "%zz",
        "~",
        "%7e",
        ".well-known",
        "$",
        "*",
    ];

    /// <summary>A spec for Traefik.</summary>
    public string Spec(string version)
    {
        var text = new System.Text.StringBuilder($"targets: {{ traefik: {{ version: \"{version}\" }} }}\nsites:\n");
        int sites = random.Next(1, 4);
        string[] hosts = [.. _hosts];
        random.Shuffle(hosts);
        for (int i = 0; i < sites; i++)
        {
            string own = string.Join(", ", hosts[(i * 2)..(i * 2 + 1 + random.Next(2))].Distinct());
            text.Append($"  - host: [{own}]\n    listen: [80{(random.Next(3) == 0 ? ", 8080" : "")}]\n    routes:\n");
            for (int routes = random.Next(1, 6), j = 0; j < routes; j++)
            {
                text.Append($"      - {{ {RouteOf(i, j)}{Conditions()} }}\n");
            }

            text.Append(random.Next(3) == 0 ? "" : $"      - {{ path: /, proxy: http://10.0.{i}.99:80 }}\n");
        }

        return text.ToString();
    }

    /// <summary>The method, URL and headers of a request.</summary>
    public (string Method, string Url, string Query, (string Name, string Value)[] Headers) Request()
    {
        string host = One(_asked);
        string path = random.Next(3) == 0 ? Uri.EscapeDataString(One(_paths)).Replace("%2F", "/", StringComparison.Ordinal) : "/";
        path += string.Concat(random.GetItems(_pieces, random.Next(5)));
        string query = One("", "", "?", "?q=1", "?q", "?x=1&q=");
        (string, string)[] headers =
            random.Next(2) == 0 ? [] : [("X-Mode", One("a", "ab", "b")), ("Cookie", One("s=1", "t=2; s=1", "s=12"))];
        return (One("GET", "GET", "POST", "TRACE"), host, path + query, headers);
    }

    private string One(params string[] of) => of[random.Next(of.Length)];

    // Only what has a prefix can lose it.
    private string RouteOf(int site, int route)
    {
        string path = One(_paths);
        return random.Next(4) switch
        {
            0 => $"exact: \"{path}\", {Action(site, route, 5)}",
            1 => $"regex: '{One(_regexes)}', {Action(site, route, 5)}",
            _ => $"path: \"{path}\", {Action(site, route, path == "/" ? 5 : 8)}",
        };
    }

    private string Action(int site, int route, int kinds) =>
        random.Next(kinds) switch
        {
            0 => "respond: 404",
            1 => "redirect: { to: \"https://{host}/to{uri}\", status: 302 }",
            2 => $"proxy: http://10.0.{site}.{route}:80, add_prefix: /pre",
            3 => $"proxy: http://10.0.{site}.{route}:80, rewrite: {{ regex: '(a|b)', to: 'x-$1' }}",
            5 or 6 => $"proxy: http://10.0.{site}.{route}:80, strip_prefix: true",
            7 => $"proxy: http://10.0.{site}.{route}:80, replace_prefix: /new",
            _ => $"proxy: http://10.0.{site}.{route}:80",
        };

    private string Conditions() =>
        random.Next(10) switch
        {
            0 => ", match: { method: POST }",
            1 => ", match: { header: { X-Mode: 'a*' } }",
            2 => ", match: { query: { q: '1' } }",
            3 => ", match: { cookie: { s: '1' } }",
            4 => ", match: { not: { header: { X-Mode: a }, method: [GET, POST] } }",
            5 => ", match: { client: 198.51.100.0/24 }",
            6 => ", match: { query: { q: '' } }",
            7 => ", allow: [203.0.113.0/24]",
            8 => ", deny: [198.51.100.0/24]",
            _ => "",
        };
}
