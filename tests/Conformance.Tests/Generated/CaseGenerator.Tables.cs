namespace Confgen.Conformance.Tests.Generated;

internal sealed partial class CaseGenerator
{
    private static readonly string[] _hosts = ["a.test", "b.test", "*.wild.test", "x.wild.test", "*.deep.wild.test", "_"];
    private static readonly string[] _asked =
    [
        "a.test",
        "A.Test",
        "a.test:8080",
        "b.test",
        "x.wild.test",
        "y.wild.test",
        "z.deep.wild.test",
        "p.q.r.wild.test",
        "wild.test",
        "nobody.test",
        "127.0.0.1",
    ];
    private static readonly string[] _paths =
    [
        "/",
        "/api",
        "/api/v1",
        "/api/v1/users",
        "/a",
        "/a/b",
        "/a/b/c",
        "/A",
        "/a b",
        "/x+y",
        "/a.b",
        "/caf\u00e9",
        "/a~",
        "/q\"q",
        "/d$1",
        "/b{c}",
        "/s;t",
        "/h#i",
        "/~u/:p@",
    ];
    private static readonly string[] _regexes =
    [
        @"\.(js|css)$",
        "^/api/v[0-9]+/",
        "^/(a|b)/",
        "b+/c?",
        "(?i)^/CASE",
        @"^/a/[^/]+$",
        @"x{2,3}",
        @"^/[\w-]+\.txt$",
        @"\d\d",
        "^/$",
        @"[/.]b$",
        "^/(?:api|a)(?:/.*)?$",
    ];
    private static readonly (string Regex, string To)[] _rewrites =
    [
        ("^/api/(.*)", "/v2/$1"),
        ("b", "Q"),
        ("%2[Ff]", "/"),
        ("^(/[^/]*)/([^/]*)$", "/$2$1"),
        ("^/", "/x/"),
        ("[0-9]+", "<$0>"),
    ];
    private static readonly string[] _methods =
    [
        "GET",
        "GET",
        "GET",
        "GET",
        "POST",
        "PUT",
        "DELETE",
        "PATCH",
        "OPTIONS",
        "HEAD",
        "PROPFIND",
    ];
    private static readonly string[] _values =
    [
        "plain",
        "two words",
        "$host",
        "a\"b",
        "a'b`c",
        "x;y",
        "{{name}}",
        "#1",
        "back\\slash",
        "100%",
        "${{HOME}}",
        "{method} {uri}",
        "{host}",
        "{client_ip}",
        "{scheme}://",
        "{query}",
        "{path}",
        "m{header.X-Mode}",
        "{cookie.a}",
        "{query.beta}",
        "{header.X-Other}{query.a}",
        "p{port}",
        "-minus",
        "$",
        "a$",
    ];
    private static readonly string[] _queries =
    [
        "",
        "",
        "",
        "?",
        "?x=1",
        "?beta=1",
        "?a=b&beta=1",
        "?beta=12",
        "?beta",
        "?a=%26&b=%2F..%2F",
        "??",
        "?{\"a\"}",
        "?a b",
    ];
}
