using System.Text.Json;
using Confgen.Cli.Reference;
using Confgen.Cli.Tests.World;
using Confgen.Model.Diagnostics;

namespace Confgen.Cli.Tests.Reference;

/// <summary>The JSON Schema takes what the compiler takes, and refuses what an editor should underline.</summary>
public sealed class SchemaTests
{
    private static readonly JsonElement _schema = Schema();

    // Rules about a program's own configuration show that, not a spec.
    public static TheoryData<string> Good =>
        [.. AllRules.ByCode.Where(r => r.Good.Contains("sites:", StringComparison.Ordinal)).Select(r => r.Code)];

    [Theory]
    [MemberData(nameof(Good))]
    public void Every_good_example_fits(string code)
    {
        Rule rule = AllRules.ByCode.Single(r => r.Code == code);
        Assert.Equal([], SchemaCheck.Faults(_schema, rule.Good));
    }

    [Fact]
    public void Every_shipped_example_fits()
    {
        string[] specs = [.. Directory.GetFiles(Path.Combine(Repository.Root, "examples"), "confgen.yaml", SearchOption.AllDirectories)];
        Assert.NotEmpty(specs);
        Assert.All(specs, spec => Assert.Equal([], SchemaCheck.Faults(_schema, File.ReadAllText(spec))));
    }

    [Theory]
    [InlineData("unknown-key")]
    [InlineData("wrong-type")]
    [InlineData("missing-key")]
    [InlineData("bad-value")]
    [InlineData("bad-duration")]
    [InlineData("bad-size")]
    public void What_an_editor_should_underline_does_not_fit(string name) =>
        Assert.NotEmpty(SchemaCheck.Faults(_schema, AllRules.Find(name)!.Bad));

    private static readonly (string Because, string[] Codes)[] _beyond =
    [
        ("a schema gets what the reader of YAML makes of a file", ["CFG0001", "CFG0002", "CFG0006", "CFG0009"]),
        (
            "it stands in the environment, in other files or in the program of a target",
            ["CFG0007", "CFG0112", "CFG0142", "CFG0148", "CFG0450"]
        ),
        ("it depends on the target, its version or its template", ["CFG0400", "CFG0403", "CFG0404", "CFG0405", "CFG0406", "CFG0640"]),
        ("a name refers to another place of the spec", ["CFG0106", "CFG0107", "CFG0143", "CFG0145", "CFG0146", "CFG0147"]),
        (
            "two sites, listeners, streams or tunnels contradict each other",
            ["CFG0200", "CFG0201", "CFG0202", "CFG0203", "CFG0206", "CFG0207"]
        ),
        ("two routes are compared, or a redirect with the place that it leads to", ["CFG0210", "CFG0211", "CFG0212", "CFG0217"]),
        ("the names of two headers, or two lists of addresses, are compared with each other", ["CFG0213", "CFG0216"]),
        ("the groups of a regex are counted", ["CFG0141"]),
        ("a route has of its site what it does not write itself", ["CFG0218"]),
        ("a request is evaluated", ["CFG0700"]),
    ];

    [Fact]
    public void Only_what_a_schema_can_not_see_fits_although_it_is_wrong()
    {
        Rule[] wrong = [.. AllRules.ByCode.Where(r => r.Severity == Severity.Error && r.Bad.Contains("sites:", StringComparison.Ordinal))];
        string[] missed = [.. wrong.Where(r => Fits(r.Bad)).Select(r => r.Code)];
        string[] beyond = [.. _beyond.SelectMany(b => b.Codes)];
        Assert.Equal([], missed.Except(beyond));
        Assert.Equal([], beyond.Except(missed));
        Assert.True(missed.Length < wrong.Length / 2, $"{missed.Length} of {wrong.Length}");

        static bool Fits(string yaml)
        {
            try
            {
                return SchemaCheck.Faults(_schema, yaml).Length == 0;
            }
            catch (YamlDotNet.Core.YamlException)
            {
                return false;
            }
        }
    }

    [Theory]
    [InlineData(
        "sites:\n  - { host: a.example.com, proxy: \"http://127.0.0.1:1\", timeouts: { read: \"${READ:-60s}\" }, max_body: "
            + "\"${MAX:-5MB}\", websocket: \"${WS:-auto}\" }\n"
    )]
    [InlineData(
        "sites:\n  - { host: a.example.com, tls: { cert: /a.pem, key: /a.key, min_version: 1.3 }, proxy: \"http://127.0.0.1:1\" }\n"
    )]
    [InlineData(
        "sites:\n  - { host: a.example.com, tls: off, redirect_http: 301, proxy: \"http://127.0.0.1:1\", errors: { 502: { body: sorry }, "
            + "5xx: { body: sorry }, intercept: 5xx } }\n"
    )]
    public void Variables_numbers_and_statuses_fit(string spec) => Assert.Equal([], SchemaCheck.Faults(_schema, spec));

    [Theory]
    [InlineData("servers: [\"http://127.0.0.1:1\", \"unix:/run/a\"]", true)]
    [InlineData("servers: [\"https://127.0.0.1:1\", \"${SCHEME}://a.internal\"], tls: { verify: false }", true)]
    [InlineData("servers: https://127.0.0.1:1, tls: { verify: false }", true)]
    [InlineData("servers: http://127.0.0.1:1, tls: { verify: false }", false)]
    [InlineData("servers: [{ url: \"https://127.0.0.1:1\" }, \"unix:/run/a\"]", false)]
    [InlineData("servers: [{ url: \"https://127.0.0.1:1\" }, { url: \"h2c://127.0.0.1:1\" }]", false)]
    [InlineData("servers: [{ url: \"http://127.0.0.1:1\", backup: yes }, { url: \"http://127.0.0.1:2\", down: true }]", false)]
    [InlineData("servers: [{ url: \"http://127.0.0.1:1\" }, { url: \"http://127.0.0.1:2\", down: true }]", true)]
    public void Servers_of_one_upstream_fit_where_the_compiler_takes_them(string upstream, bool fits) =>
        AssertFits($"upstreams: {{ app: {{ {upstream} }} }}\nsites:\n  - {{ host: a.example.com, proxy: app }}\n", fits);

    [Theory]
    [InlineData("respond: { status: 204 }", true)]
    [InlineData("respond: { status: 204, body: \"\" }", true)]
    [InlineData("respond: { status: \"204\", body: a }", false)]
    [InlineData("respond: { status: 404, body: a }", true)]
    [InlineData("proxy: \"http://a:1\", errors: { 502: { status: 204, body: a } }", false)]
    [InlineData("proxy: \"http://a:1\", errors: { 502: { status: 503, body: a } }", true)]
    [InlineData("proxy: \"http://a:1\", headers: { request: { set: { Host: a } } }", false)]
    [InlineData("proxy: \"http://a:1\", headers: { request: { remove: hOST } }", false)]
    [InlineData("proxy: \"http://a:1\", headers: { request: { on: success } }", false)]
    [InlineData("proxy: \"http://a:1\", headers: { response: { on: success, set: { Host: a } } }", true)]
    [InlineData("proxy: \"http://a:1\", headers: { response: { remove: [Server, TRAILER] } }", false)]
    [InlineData("proxy: \"http://a:1\", headers: { response: { add: { te: a } } }", false)]
    [InlineData("proxy: \"http://a:1\", headers: { response: { add: { test: a } } }", true)]
    [InlineData("proxy: \"http://a:1\", cors: { origins: [\"https://b.test\", \"*\"], credentials: on }", false)]
    [InlineData("proxy: \"http://a:1\", cors: { origins: \"*\", credentials: false }", true)]
    [InlineData(
        "proxy: \"http://a:1\", hsts: true, tls: internal, headers: { response: { set: { strict-transport-security: a } } }",
        false
    )]
    [InlineData("proxy: \"http://a:1\", hsts: off, tls: internal, headers: { response: { set: { strict-transport-security: a } } }", true)]
    [InlineData("proxy: \"http://a:1\", cache_control: no-store, headers: { response: { add: { cache-control: a } } }", false)]
    [InlineData(
        "routes: [{ path: /, respond: a, cors: off }], cors: { origins: \"*\" }, "
            + "headers: { response: { add: { access-control-allow-origin: a } } }",
        true
    )]
    [InlineData("routes: [{ path: /, respond: a, cache_control: no-store, headers: { response: { add: { Cache-Control: a } } } }]", false)]
    public void Fields_that_contradict_each_other_do_not_fit_where_the_compiler_refuses_them(string site, bool fits) =>
        AssertFits($"sites:\n  - {{ host: a.example.com, {site} }}\n", fits);

    // The compiler itself is asked too: a schema that refuses what it takes would be wrong.
    private static void AssertFits(string spec, bool fits)
    {
        using var session = new Session().With("confgen.yaml", spec);
        session.Variables["SCHEME"] = "https";
        Assert.Equal(fits ? 0 : 1, session.Run("validate").Code);
        Assert.Equal(fits, SchemaCheck.Faults(_schema, spec).Length == 0);
    }

    [Fact]
    public void Every_reference_leads_somewhere()
    {
        string[] defined = [.. _schema.GetProperty("$defs").EnumerateObject().Select(d => d.Name)];
        Assert.Equal(defined.Length, defined.Distinct().Count());
        Assert.All(References(_schema), r => Assert.Contains(r["#/$defs/".Length..], defined));
    }

    [Fact]
    public void The_modeline_leads_editors_to_the_schema()
    {
        using var session = new Session();
        Assert.Equal("# yaml-language-server: $schema=./confgen.schema.json\n", session.Run("schema", "--modeline").Gives(0).Out);
        Assert.Equal("# yaml-language-server: $schema=../s.json\n", session.Run("schema", "--modeline", "../s.json").Gives(0).Out);
    }

    private static JsonElement Schema()
    {
        using var session = new Session { Targets = null };
        using JsonDocument document = JsonDocument.Parse(session.Run("schema").Gives(0).Out);
        return document.RootElement.Clone();
    }

    private static IEnumerable<string> References(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.Object => element
                .EnumerateObject()
                .SelectMany(p =>
                    p.NameEquals("$ref") && p.Value.ValueKind == JsonValueKind.String ? [p.Value.GetString()!] : References(p.Value)
                ),
            JsonValueKind.Array => element.EnumerateArray().SelectMany(References),
            _ => [],
        };
}
