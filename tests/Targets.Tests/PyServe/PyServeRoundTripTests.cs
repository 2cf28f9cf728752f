using Confgen.Compiler;
using Confgen.Compiler.Rendering;
using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Routes;
using Confgen.Targets.Tests.InMemory;
using FsCheck;
using FsCheck.Fluent;

namespace Confgen.Targets.Tests.PyServe;

/// <summary>A spec that PyServe can express, rendered for it and read back, is the same spec.</summary>
public sealed class PyServeRoundTripTests
{
    private static readonly Gen<string> Segment = Gen.Elements(
        "api",
        "v1",
        "no",
        "1.5",
        "null",
        "a b",
        "caf\u00E9",
        "x~y",
        "{b}",
        "a#b",
        "\U0001F600",
        "100%"
    );
    private static readonly Gen<string> Host = Gen.Elements("127.0.0.1", "app", "app-1.internal", "no", "[::1]", "10.0.0.255");
    private static readonly Gen<string> Listen = Gen.Elements("8080", "127.0.0.1:80", "[::1]:8443", "0.0.0.0:65535");

    private static readonly Gen<string> Path = Segment.ListOf().Select(s => "/" + string.Join('/', s.Take(3)));

    private static readonly Gen<(string Path, string Url)> OneRoute =
        from path in Path
        from scheme in Gen.Elements("http", "https")
        from host in Host
        from port in Gen.Choose(1, 65535)
        select (path, $"{scheme}://{host}:{port}");

    private static readonly Gen<(string Listen, string Log, List<(string Path, string Url)> Routes, List<string> Redirects)> Specs =
        from listen in Listen
        from log in Gen.Elements(
            "",
            "log: off",
            "log: { format: json, output: /var/log/py serve.log }",
            "log: { format: combined, output: /var/log/no }"
        )
        from routes in OneRoute.NonEmptyListOf()
        from redirects in Path.ListOf()
        select (listen, log, routes.DistinctBy(r => r.Path).ToList(), redirects.Distinct().ToList());

    [Fact]
    public void What_is_rendered_reads_back_as_the_same_spec() =>
        Prop.ForAll(
                Specs.ToArbitrary(),
                spec => Differences(spec.Listen, spec.Log, spec.Routes, spec.Redirects) is { } differences ? Failed(differences) : true
            )
            .QuickCheckThrowOnFailure();

    private static bool Failed(string differences) => throw new InvalidOperationException(differences);

    private static string? Differences(string listen, string log, List<(string Path, string Url)> routes, List<string> redirects)
    {
        // A redirect of a path that a rule takes is refused, so it is no spec that PyServe can express.
        IEnumerable<string> free = redirects.Where(r => !routes.Exists(route => r.StartsWith(route.Path, StringComparison.Ordinal)));
        string yaml =
            $"sites:\n  - host: _\n    listen: \"{listen}\"\n    {log}\n    routes:\n"
            + string.Concat(
                routes.Select(r =>
                    $"      - {{ path: \"{r.Path}\", proxy: \"{r.Url}\", host: upstream, websocket: "
                    + $"true{(r.Path == "/" ? "" : ", strip_prefix: true")} }}\n"
                )
            )
            + string.Concat(
                free.Select(r =>
                    $"      - {{ exact: \"{r}\", redirect: {{ to: \"https://example.com/{Uri.EscapeDataString(r)}\", status: 302 }} }}\n"
                )
            );
        Compilation written = CompiledText.Of(yaml);
        RenderResult rendered = written.Render(TargetCatalogue.All.Single(t => t.Name == "pyserve"), Layout.Complete);
        if (written.Spec is not { } before || rendered.Files is not [var file])
        {
            return string.Join('\n', [yaml, .. CompiledText.Shown(written.Diagnostics.Concat(rendered.Diagnostics))]);
        }

        Compilation read = CompiledText.Of(file.Text, name: "/spec/config.yaml");
        string[] problems =
        [
            .. CompiledText.Shown(
                read.Diagnostics.Where(d => d.Rule.Code.StartsWith("CFG06", StringComparison.Ordinal) && d.Severity > Severity.Info)
            ),
        ];
        string[] expected = Shown(before);
        string[] actual = read.Spec is { } after ? Shown(after) : CompiledText.Shown(read.Diagnostics);
        return problems.Length == 0 && expected.SequenceEqual(actual)
            ? null
            : string.Join('\n', [yaml, file.Text, .. problems, "--- expected", .. expected, "--- actual", .. actual]);
    }

    private static string[] Shown(Spec spec) =>
        [
            .. spec.Sites.Select(s => $"{s.Hosts} {s.Listen} {s.Tls} {s.Log?.Format} {s.Log?.Output}"),
            .. spec
                .Sites.SelectMany(s => s.Routes)
                .OrderBy(r => r.Path.ToString(), StringComparer.Ordinal)
                .Select(r =>
                    r.Action switch
                    {
                        ProxyAction proxy =>
                            $"{r.Path} {r.Rewrite?.Kind} {proxy.Upstream.Servers} {proxy.Host} {proxy.WebSocket} {proxy.Timeouts} "
                                + $"{r.MaxBody}",
                        _ => $"{r.Path} {r.Action}",
                    }
                ),
        ];
}
