using System.Text;
using Confgen.Compiler.Rendering;
using Confgen.Targets.Tests.InMemory;

namespace Confgen.Targets.Tests.Hostile;

/// <summary>
/// Names that targets make of those of a spec: whatever is alike but for case, hyphens, underscores or dots there gets names of its own, so
/// that nothing is defined twice in a configuration.
/// </summary>
public sealed class UniqueNamesTests
{
    private static readonly string[] _separators = ["-", "_", ".", "", "--", "__", "-_", "_2", "2"];

    public static TheoryData<int> Seeds => [1, 2, 3, 4, 5, 6];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Of_nginx(int seed)
    {
        Tree http = Assert.Single(NginxTree.Read(Render(seed, "nginx")).Children, s => s.Children[0].Text == "http").Children[^1];
        AssertUnique(http.Children.Where(s => s.Children[0].Text is "map" or "geo" or "split_clients").Select(s => s.Children[^2].Text));
        AssertUnique(http.Children.Where(s => s.Children[0].Text == "upstream").Select(s => s.Children[1].Text));
        AssertUnique(
            http.Children.Where(s => s.Children[0].Text is "limit_req_zone" or "limit_conn_zone")
                .SelectMany(s => s.Children)
                .Select(w => w.Text)
                .Where(w => w.StartsWith("zone=", StringComparison.Ordinal))
                .Select(w => w.Split(':')[0])
        );
        foreach (Tree server in http.Children.Where(s => s.Children[0].Text == "server"))
        {
            AssertUnique(
                server
                    .Children[^1]
                    .Children.Where(s => s.Children[0].Text == "location")
                    .Select(s => string.Join(' ', s.Children.SkipLast(1).Select(w => w.Text)))
            );
            foreach (Tree location in server.Children[^1].Children.Where(s => s.Children[0].Text == "location"))
            {
                AssertUnique(
                    location.Children[^1].Children.Where(s => s.Children[0].Text == "auth_request_set").Select(s => s.Children[1].Text)
                );
                AssertUnique(
                    location.Children[^1].Children.Where(s => s.Children[0].Text == "auth_request_set").Select(s => s.Children[2].Text)
                );
            }
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Of_Caddy(int seed)
    {
        // A name of a matcher is known in its block and in those within.
        var scopes = new Stack<HashSet<string>>([
            [],
        ]);
        foreach (string line in Render(seed, "caddy").Split('\n').Select(l => l.Trim()))
        {
            if (line.StartsWith('@'))
            {
                string name = line.Split(' ')[0];
                Assert.DoesNotContain(scopes, s => s.Contains(name));
                scopes.Peek().Add(name);
            }

            if (line.EndsWith(" {", StringComparison.Ordinal) || line == "{")
            {
                scopes.Push([]);
            }
            else if (line == "}")
            {
                scopes.Pop();
            }
        }

        Assert.Single(scopes);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Of_HAProxy(int seed)
    {
        string text = Render(seed, "haproxy");
        string[][] lines = [.. text.Split('\n').Select(line => line.Split(' ')).Where(words => words[0] is "frontend" or "backend")];
        AssertUnique(lines.Select(words => words[1]));
        Assert.NotEmpty(lines);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Of_Apache(int seed)
    {
        string text = Render(seed, "apache");
        string[] lines = [.. text.Split('\n').Where(line => line.StartsWith("<Proxy ", StringComparison.Ordinal))];
        AssertUnique(lines);
        Assert.NotEmpty(lines);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Of_V2Ray(int seed)
    {
        foreach (
            RenderedFile file in CompiledText.Render(Tunnels(new Random(seed)), "v2ray").Files is { Count: > 0 } files
                ? files
                : throw new InvalidOperationException("refused")
        )
        {
            using var document = System.Text.Json.JsonDocument.Parse(file.Text);
            foreach (string list in new[] { "inbounds", "outbounds" })
            {
                AssertUnique(
                    document.RootElement.TryGetProperty(list, out System.Text.Json.JsonElement items)
                        ? items.EnumerateArray().Select(i => i.GetProperty("tag").GetString() ?? "")
                        : []
                );
            }

            foreach (string list in new[] { "portals", "bridges" })
            {
                System.Text.Json.JsonElement[] items =
                    document.RootElement.TryGetProperty("reverse", out System.Text.Json.JsonElement reverse)
                    && reverse.TryGetProperty(list, out System.Text.Json.JsonElement found)
                        ? [.. found.EnumerateArray()]
                        : [];
                AssertUnique(items.Select(i => i.GetProperty("tag").GetString() ?? ""));
                AssertUnique(items.Select(i => i.GetProperty("domain").GetString() ?? ""));
            }
        }
    }

    // YAML's reader refuses a key that stands twice.
    [Theory]
    [MemberData(nameof(Seeds))]
    public void Of_PyServe(int seed)
    {
        var spec = new StringBuilder("sites:\n  - host: _\n    listen: 18080\n    routes:\n");
        foreach (string name in Names(new Random(seed), "x", 12))
        {
            spec.Append(null, $"      - {{ path: /{name}, strip_prefix: true, proxy: \"http://127.0.0.1:3000\" }}\n");
        }

        DataTree.OfYaml(CompiledText.Render(spec.ToString(), "pyserve").Files.Single().Text);
    }

    private static string Render(int seed, string target)
    {
        var random = new Random(seed);
        string[] upstreams = [.. Names(random, "app", 8).Where(n => !n.Contains('.'))];
        string[] headers =
        [
            .. Names(random, "Remote", 8).Where(n => !n.Contains('_') && !n.Contains('.')).Distinct(StringComparer.OrdinalIgnoreCase),
        ];
        string[] queries = [.. Names(random, "q", 8)];
        var spec = new StringBuilder("upstreams:\n");
        foreach (string name in upstreams)
        {
            spec.Append(null, $"  {name}: {{ servers: [\"http://127.0.0.1:3000\"] }}\n");
        }

        spec.Append("sites:\n");
        foreach (string host in new[] { "a-b.test", "a.b.test", "a--b.test", "ab.test" })
        {
            spec.Append(null, $"  - host: {host}\n    listen: 18080\n    routes:\n");
            foreach (string name in upstreams)
            {
                string header = headers[random.Next(headers.Length)];
                string rate = target == "nginx" ? $", rate_limit: {{ rate: {1 + random.Next(50)}/s }}" : "";
                spec.Append(
                    null,
                    $"      - {{ path: /{name}, proxy: {name}{rate}, headers: {{ request: {{ set: {{ X-{header}: \"a$b\" }} }} }} }}\n"
                );
                spec.Append(
                    null,
                    $"      - {{ path: /{name}/m, match: {{ header: {{ {header}: x }}, query: {{ {queries[random.Next(queries.Length)]}: "
                        + $"y }} }}, proxy: {name} }}\n"
                );
                if (target is not ("haproxy" or "apache"))
                {
                    spec.Append(
                        null,
                        $"      - {{ path: /{name}/f, forward_auth: {{ url: \"http://127.0.0.1:3001/\", copy_headers: "
                            + $"[{string.Join(", ", headers)}] }}, proxy: {name} }}\n"
                    );
                }

                spec.Append(null, $"      - {{ path: /{name}/r, rewrite: {{ regex: '^/{name}/r/(.*)', to: /$1 }}, proxy: {name} }}\n");
            }
        }

        RenderResult result = CompiledText
            .Of(spec.ToString())
            .Render(TargetCatalogue.All.Single(t => t.Name == target), Layout.Complete, singleFile: true);
        return result.Files is [var file, ..]
            ? file.Text
            : throw new InvalidOperationException(
                string.Join('\n', CompiledText.Shown(CompiledText.Of(spec.ToString()).Diagnostics.Concat(result.Diagnostics)))
            );
    }

    private static string Tunnels(Random random)
    {
        var spec = new StringBuilder("tunnels:\n");
        var sites = new StringBuilder("sites:\n  - host: a.test\n    listen: 18080\n    routes:\n");
        int port = 2000;
        foreach (string name in Names(random, "home", 8).Where(n => !n.Contains('.')).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            spec.Append(
                null,
                $"  {name}: {{ secret: \"0123456789abcdef-{name}-0123456789\", portal: {{ listen: {port}, public: t.example.com, entry: "
                    + $"{port + 1} }}, bridge: {{ forward: \"http://127.0.0.1:80\" }} }}\n"
            );
            port += 2;
            sites.Append(null, $"      - {{ path: /{name}, proxy: \"tunnel:{name}\" }}\n");
        }

        return spec.ToString() + sites;
    }

    // Different names that look alike.
    private static string[] Names(Random random, string word, int count) =>
        [
            .. Enumerable
                .Range(0, count * 3)
                .Select(_ => (random.Next(2) == 0 ? word : word.ToUpperInvariant()) + _separators[random.Next(_separators.Length)] + "b")
                .Distinct(StringComparer.Ordinal)
                .Take(count),
        ];

    private static void AssertUnique(IEnumerable<string> names)
    {
        string[] all = [.. names];
        Assert.Equal(all.Distinct(StringComparer.Ordinal), all);
    }
}
