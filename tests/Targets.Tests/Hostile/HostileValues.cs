using System.Text.Encodings.Web;
using System.Text.Json;

namespace Confgen.Targets.Tests.Hostile;

/// <summary>Values that mean something to a program's own language, and the fields of a spec that take texts.</summary>
internal static class HostileValues
{
    /// <summary>A value that means nothing to anybody.</summary>
    public const string Benign = "benign";

    /// <summary>
    /// Values that mean nothing, of each sort that targets write otherwise: with a dollar sign, for which nginx needs a variable, with braces, with a
    /// blank, with a percent sign, and none.
    /// </summary>
    public static readonly string[] Twins = [Benign, "benign$", "benign{{", "benign benign", "benign%25", "benign,benign", "", "benign/benign", "b\u00e4"];

    // A value stands behind a prefix that makes it what the field takes, as a path's slash.
    private const string Place = "VALUE";

    private static readonly JsonSerializerOptions _plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static readonly string[] Payloads =
    [
        // Ends of tokens, lines and blocks.
        "x; return 200 hacked;", "x\"; return 200 hacked; #", "x'; return 200 hacked; #", "x\n}\nrespond hacked", "x } respond hacked", "x\r\ny", "x{", "x}", "{", "}", "};", "\"", "'", "`", "\\", "x\\", "x\\\"", "`x` respond hacked",

        // Beginnings that make a token another kind of token.
        "@admin", "/admin", "*", "*.x", "-x", "+x", "?x", ">x", "#x", "<<EOF", "~x", "~*x", "=x", "^~x", "!x", "$x", "(x)", "[x]", "unix:x", "off", "on", "none", "import x", "0", "403",

        // Variables, placeholders and references.
        "$host", "${host}", "$http_cookie", "$${host}", "{{host}}", "{{$HOME}}", "{{env.HOME}}", "{{http.request.host}}", "$1", "%{HOST}", "{{.}}", "{{ x }}", "{$HOME}", "{env.HOME}", "<% x %>",

        // What a reader may take for nothing, or for several.
        "", " ", "  x", "x  ", "a b", "a\tb", "a,b", "a|b", "a:b", "//x", "../x", "%00", "%0a", "\u00e4\u4f60", "\u2028", "\u0000", "\u001b[31m", "null", "true", "~",
    ];

    /// <summary>The fields by name, each with a spec.</summary>
    public static readonly IReadOnlyDictionary<string, string> Fields = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["respond.body"] = Route("path: /, respond: { status: 403, body: VALUE }"),
        ["respond short"] = Route("path: /, respond: VALUE"),
        ["respond.content_type"] = Route("path: /, respond: { body: ok, content_type: VALUE }"),
        ["errors.body"] = Route("path: /, proxy: \"http://127.0.0.1:3000\", errors: { 502: { body: VALUE } }"),
        ["headers.response.set"] = Route("path: /, proxy: \"http://127.0.0.1:3000\", headers: { response: { set: { X-Value: VALUE } } }"),
        ["headers.response.add"] = Route("path: /, proxy: \"http://127.0.0.1:3000\", headers: { response: { add: { X-Value: VALUE } } }"),
        ["headers.request.set"] = Route("path: /, proxy: \"http://127.0.0.1:3000\", headers: { request: { set: { X-Value: VALUE } } }"),
        ["path"] = Route("path: \"/VALUE\", proxy: \"http://127.0.0.1:3000\""),
        ["path stripped"] = Route("path: \"/VALUE\", strip_prefix: true, proxy: \"http://127.0.0.1:3000\""),
        ["exact"] = Route("exact: \"/VALUE\", proxy: \"http://127.0.0.1:3000\""),
        ["regex"] = Route("regex: \"^/VALUE$\", proxy: \"http://127.0.0.1:3000\""),
        ["add_prefix"] = Route("path: /, add_prefix: \"/VALUE\", proxy: \"http://127.0.0.1:3000\""),
        ["host"] = Route("path: /, host: VALUE, proxy: \"http://127.0.0.1:3000\""),
        ["redirect"] = Route("path: /, redirect: \"https://example.com/VALUE\""),
        ["cache_control"] = Route("path: /, proxy: \"http://127.0.0.1:3000\", cache_control: VALUE"),
        ["match.header"] = Route("path: /, match: { header: { X-Value: VALUE } }, proxy: \"http://127.0.0.1:3000\""),
        ["match.query"] = Route("path: /, match: { query: { name: VALUE } }, proxy: \"http://127.0.0.1:3000\""),
        ["basic_auth.realm"] = Route("path: /, proxy: \"http://127.0.0.1:3000\", basic_auth: { realm: VALUE, users: { alice: \"$2y$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy\" } }"),
        ["basic_auth.users"] = Route("path: /, proxy: \"http://127.0.0.1:3000\", basic_auth: { users: { VALUE: \"$2y$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy\" } }"),
        ["files.root"] = Route("path: /, files: \"/srv/VALUE\""),
        ["files.index"] = Route("path: /, files: { root: /srv, index: [VALUE] }"),
        ["files.try"] = Route("path: /, files: { root: /srv, try: [\"/VALUE\"] }"),
        ["unix upstream"] = Route("path: /, proxy: \"unix:/run/VALUE\""),
        ["health.path"] = "upstreams:\n  app: { servers: [\"http://127.0.0.1:3000\"], health: { active: { path: \"/VALUE\" } } }\nsites:\n  - { host: a.example.com, listen: 18080, proxy: app }\n",
        ["tunnel.secret"] = "tunnels:\n  home:\n    portal: { listen: 1024, public: tunnel.example.com }\n    bridge: { forward: \"http://127.0.0.1:80\" }\n    secret: \"0123456789abcdefVALUE\"\nsites:\n  - { host: a.example.com, listen: 18080, proxy: \"tunnel:home\" }\n",
    };

    /// <summary>A field's spec with a value in it.</summary>
    public static string Spec(string field, string value)
    {
        string quoted = JsonSerializer.Serialize(value, _plain);
        return Fields[field].Contains('"' + "/" + Place, StringComparison.Ordinal) || Inside(Fields[field])
            ? Fields[field].Replace(Place, quoted[1..^1], StringComparison.Ordinal)
            : Fields[field].Replace(Place, quoted, StringComparison.Ordinal);
    }

    // Whether the place stands within quotes of its own.
    private static bool Inside(string spec) => spec[..spec.IndexOf(Place, StringComparison.Ordinal)].Split('\n')[^1].Count(c => c == '"') % 2 == 1;

    private static string Route(string route) => $"sites:\n  - host: a.example.com\n    listen: 18080\n    routes:\n      - {{ path: /other, respond: other }}\n      - {{ {route} }}\n";
}
