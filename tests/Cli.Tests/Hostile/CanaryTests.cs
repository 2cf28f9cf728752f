using Confgen.Cli.Tests.Serving;
using Confgen.Cli.Tests.World;

namespace Confgen.Cli.Tests.Hostile;

/// <summary>
/// A secret in each field that may hold one, searched for in everything that every verb prints in every format. Outputs themselves hold it;
/// what people and CI systems read never does, not even a piece.
/// </summary>
public sealed class CanaryTests
{
    // Eight characters of it are a leak.
    private const string Canary = "Zq7canary41Xw9Lk2Tf";

    private static readonly string[] _formats = ["text", "json", "sarif", "github"];

    // Each spec has the canary where the field's value stands, and BROKEN where a fault can be put on the same line.
    private static readonly Dictionary<string, string> _fields = new()
    {
        ["basic_auth"] = Route("basic_auth: { users: { alice: \"$2y$10$N9qo8uLOickgx2ZMCANARYdxad68LJZdL17lhWyA\" } }"),
        ["basic_auth without a form"] = Route("basic_auth: { users: { alice: \"CANARY\" } }"),
        ["Authorization"] = Route("headers: { request: { set: { Authorization: \"Bearer CANARY\" } } }"),
        ["X-Api-Key"] = Route("headers: { request: { set: { X-Api-Key: CANARY } } }"),
        ["a token of a known form"] = Route("headers: { request: { set: { X-Other: \"ghp_CANARYCANARY\" } } }"),
        ["response token"] = Route("headers: { response: { set: { X-Token: CANARY } } }"),
        ["variable"] = Route("headers: { request: { set: { X-Other: \"${MY_TOKEN}\" } } }"),
        ["variable in a wrong place"] = Route("timeouts: { read: \"${MY_VALUE}\" }"),
        ["variable within a wrong value"] = Route("timeouts: { read: \"10s${MY_VALUE}\" }"),
        ["variable as a host"] = Route("host: \"${MY_VALUE} x\""),
        ["redirect"] = "sites:\n  - { host: a.example.com, redirect: \"https://example.com/?access_token=CANARY\" BROKEN }\n",
        ["password in a URL"] = "sites:\n  - { host: a.example.com, proxy: \"http://user:CANARY@127.0.0.1:3000\" BROKEN }\n",
        ["tunnel"] =
            "tunnels:\n  home: { secret: CANARY, portal: { listen: 1024, public: t.example.com BROKEN }, bridge: { forward: "
            + "\"http://127.0.0.1:80\" } }\nsites:\n  - { host: a.example.com, proxy: \"tunnel:home\" }\n",
        ["tests"] =
            Route("websocket: true")
            + "tests:\n  - { get: \"http://a.example.com/?token=CANARY\", headers: { Authorization: \"Bearer CANARY\" }, expect: { "
            + "status: 418, upstream_headers: { Authorization: \"Bearer CANARY\" } } }\n",
        ["quote that is not closed"] =
            "sites:\n  - host: a.example.com\n    proxy: http://127.0.0.1:3000\ntunnels:\n  home:\n    secret: \"CANARY\n",
    };

    // Files that an include or a link must not lead to.
    private static readonly Dictionary<string, string> _foreign = new()
    {
        ["shadow"] = "root:$6$CANARY:19000:0:99999:7:::\ndaemon:*:19000:0:99999:7:::\n",
        ["netrc"] = "machine example.com login me password CANARY\n",
        ["ini"] = "[default]\naws_secret_access_key = CANARY\n",
        ["env"] = "PASSWORD=CANARY\n",
        ["key"] = "-----BEGIN PRIVATE KEY-----\nCANARY\n-----END PRIVATE KEY-----\n",
        ["yaml"] = "services:\n  db:\n    password: CANARY\n",
        ["flat yaml"] = "CANARY: x\npassword: CANARY\n",
        ["list"] = "- CANARY\n- b\n",
        ["broken yaml"] = "password: CANARY\n  user: [x\n",
        ["no colon"] = "password: x\nCANARY CANARY\nz: 1\n",
        ["json"] = "{\"token\": \"CANARY\"}",
    };

    public static TheoryData<string> Fields => [.. _fields.Keys];

    public static TheoryData<string> Foreign => [.. _foreign.Keys];

    [Theory]
    [MemberData(nameof(Fields))]
    public void In_a_field(string field)
    {
        foreach (string broken in new[] { "", ", tls: { verify: maybe }", ", unknown: 1" })
        {
            using Session session = Open(Fill(_fields[field]).Replace("BROKEN", broken));
            foreach (string format in _formats)
            {
                Find(session, "validate", "-t", "all", "--format", format);
                Find(session, "build", "-t", "nginx,caddy", "--check", "--format", "junit");
                Find(session, "test", "--junit", "junit.xml", "--format", format);
                Find(session, "build", "-t", "nginx,caddy", "--format", format);
            }

            // An old output with an old secret.
            foreach (
                string output in Directory.Exists(session.PathOf("out"))
                    ? Directory.GetFiles(session.PathOf("out"), "*", SearchOption.AllDirectories)
                    : []
            )
            {
                File.WriteAllText(output, File.ReadAllText(output).Replace(Canary, string.Concat(Canary.Reverse())) + "\nold line\n");
            }

            Find(session, "build", "-t", "nginx,caddy,v2ray", "--diff");
            Find(session, "build", "-t", "nginx,caddy,v2ray", "--check", "--diff");
            Find(session, "build", "-t", "nginx,caddy", "--verify", "-o", "other");
            Find(session, "explain", "http://a.example.com/?token=" + Canary);
            Find(session, "explain", "http://a.example.com/", "--format", "json");
            Find(session, "fmt", "--diff");
            Find(session, "fmt", "--check");

            // Against the same with another secret, and against a spec without any.
            session
                .With("other.yaml", session.Read("confgen.yaml").Replace(Canary, string.Concat(Canary.Reverse())))
                .With("small.yaml", Specs.Small);
            foreach (string format in new[] { "text", "json", "markdown" })
            {
                Find(session, "diff", "other.yaml", "confgen.yaml", "--format", format);
                Find(session, "diff", "small.yaml", "confgen.yaml", "--format", format);
                Find(session, "diff", "confgen.yaml", "small.yaml", "--format", format);
            }

            if (session.Has("junit.xml"))
            {
                Search(session.Read("junit.xml"), "junit.xml");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Foreign))]
    public void In_a_file_that_is_no_spec(string name)
    {
        string text = Fill(_foreign[name]);

        // 1. By an include, 2. as the spec itself, which may be a link.
        using Session including = Open("include: [secret]\n" + Specs.Small).With("secret", text);
        using Session linked = Open(text);
        foreach (Session session in new[] { including, linked })
        {
            foreach (string format in _formats)
            {
                Find(session, "validate", "--format", format);
            }

            Find(session, "build", "-t", "nginx");
            Find(session, "explain", "http://a.example.com/");
            Find(session, "test");
            Find(session, "fmt", "--diff");
        }
    }

    [Theory]
    [InlineData("init", "--to", "http://me:CANARY@127.0.0.1:3000")]
    [InlineData("init", "--to", "http://127.0.0.1:3000/?token=CANARY")]
    [InlineData("init", "--to", "http://127.0.0.1:x/?api_key=CANARY")]
    [InlineData("init", "--kind", "many", "--app", "a.example.com=http://me:CANARY@127.0.0.1:3000")]
    [InlineData("explain", "http://me:CANARY@other.example.com/")]
    [InlineData("explain", "ftp://a.example.com/?access_token=CANARY")]
    [InlineData("test", "--against", "http://me:CANARY@127.0.0.1:x")]
    [InlineData("health", "http://me:CANARY@127.0.0.1:1/")]
    [InlineData("validate", "https://me:CANARY@example.com/confgen.yaml")]
    [InlineData("build", "-t", "nginx?token=CANARY")]
    [InlineData("build", "-t", "nginx", "--token=CANARY")]
    [InlineData("serve", "--admin", "http://me:CANARY@127.0.0.1:x")]
    public void In_an_argument(params string[] call)
    {
        using Session session = Open(Specs.Small);
        Find(session, [.. call.Select(Fill)]);
        foreach (string file in Directory.GetFiles(session.PathOf("."), "*", SearchOption.AllDirectories))
        {
            Search(File.ReadAllText(file), Path.GetFileName(file));
        }
    }

    [Theory]
    [InlineData]
    [InlineData("--dev")]
    public async Task In_what_the_running_proxy_says(params string[] options)
    {
        string spec = $$"""
            sites:
              - host: _
                listen: ["127.0.0.1:PORT"]
                routes:
                  - { path: /, proxy: "http://127.0.0.1:1", basic_auth: { users: { alice: "$2y$10$N9qo8uLOickgx2ZM{{Canary}}dxad68LJZdL17lhWyA" } } }
                  - { path: /a, proxy: "http://127.0.0.1:1", headers: { request: { set: { Authorization: "Bearer {{Canary}}", X-Api-Key: {{Canary}} } } } }
                  - { path: /b, redirect: "https://example.com/?access_token={{Canary}}" }
            """;
        await using ServeProcess served = await ServeProcess.StartAsync(spec, [.. options, "--admin", "127.0.0.1:PORT2"]);
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        foreach (string path in new[] { "/", "/a", "/b" })
        {
            using HttpResponseMessage response = await client.GetAsync($"http://127.0.0.1:{served.Port}{path}");
            Search(await response.Content.ReadAsStringAsync(), path);
        }

        foreach (string page in new[] { "/", "/status", "/config", "/metrics", "/healthz" })
        {
            Search(await client.GetStringAsync($"http://127.0.0.1:{served.Port2}{page}"), page);
        }

        served.Write(spec.Replace("users: {", "users: ["));
        await served.SaysAsync("still serving confgen.yaml as it was");
        served.Write(spec.Replace("request: {", "requests: {"));
        await served.SaysAsync("still serving confgen.yaml as it was", times: 2);
        Search(served.Said, "standard error");
    }

    [Fact]
    public void Outputs_with_a_secret_are_closed()
    {
        foreach (
            string field in new[] { "basic_auth", "Authorization", "X-Api-Key", "a token of a known form", "response token", "variable" }
        )
        {
            using Session session = Open(Fill(_fields[field]).Replace("BROKEN", ""));
            session.Run("build", "-t", "nginx,caddy").Gives(ExitCode.Good);
            foreach (
                string output in Directory
                    .GetFiles(session.PathOf("out"), "*", SearchOption.AllDirectories)
                    .Where(f => File.ReadAllText(f).Contains(Canary, StringComparison.Ordinal))
            )
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(output));
            }
        }
    }

    private static string Route(string fields) =>
        $"sites:\n  - host: a.example.com\n    routes:\n      - {{ path: /, proxy: \"http://127.0.0.1:3000\", {fields} BROKEN }}\n";

    private static string Fill(string text) => text.Replace("CANARY", Canary);

    private static Session Open(string spec)
    {
        Session session = new Session { Targets = null }.With("confgen.yaml", spec);
        session.Variables["MY_TOKEN"] = Canary;
        session.Variables["MY_VALUE"] = Canary;
        return session;
    }

    private static void Find(Session session, params string[] call)
    {
        Said said = session.Run(call);
        Assert.NotEqual(ExitCode.InternalError, said.Code);
        Search(said.Out + said.Error, string.Join(' ', call));
    }

    private static void Search(string text, string where)
    {
        foreach (string secret in new[] { Canary, string.Concat(Canary.Reverse()) })
        {
            for (int i = 0; i + 8 <= secret.Length; i++)
            {
                Assert.False(
                    text.Contains(secret.AsSpan(i, 8), StringComparison.OrdinalIgnoreCase),
                    $"{where} shows {secret[i..(i + 8)]}:\n{text}"
                );
            }
        }
    }
}
