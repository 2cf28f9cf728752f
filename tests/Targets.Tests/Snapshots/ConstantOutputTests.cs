using Confgen.Compiler;
using Confgen.Compiler.Rendering;
using Confgen.Compiler.Rendering.Templating;
using Confgen.Targets.Tests.InMemory;

namespace Confgen.Targets.Tests.Snapshots;

/// <summary>The files whose text no spec decides: the same in the outputs of all specs for a version.</summary>
public sealed class ConstantOutputTests
{
    /// <summary>Specs for what no snapshot has.</summary>
    private static readonly string[] _further =
    [
        """
            trusted_proxies: [10.0.0.0/8]
            targets: { nginx: { modules: [brotli, zstd] } }
            sites:
              - { host: a.test, proxy: "h2c://127.0.0.1:3000", compress: [br, zstd, gzip] }
            """,
        """
            trusted_proxies: [10.0.0.0/8]
            upstreams:
              several: { servers: ["h2c://127.0.0.1:3001", "h2c://127.0.0.1:3002"] }
              kept: { servers: ["h2c://127.0.0.1:3001"], keepalive: { idle: 8 } }
            sites:
              - { host: a.test, proxy: several, max_body: 0, compress: [zstd], log: { output: stderr } }
              - { host: b.test, proxy: kept, compress: [gzip, zstd], headers: { response: { set: { X-Path: "{path}" } } } }
            """,
        """
            sites:
              - { host: a.test, proxy: "http://127.0.0.1:3000", log: { output: /var/log/a.log } }
            """,
        """
            sites:
              - host: a.test
                routes:
                  - { path: /, proxy: "http://127.0.0.1:3000" }
                  - { path: /private, proxy: "http://127.0.0.1:3000", deny: [192.0.2.1] }
                  - { regex: '\.css$', proxy: "http://127.0.0.1:3000" }
                  - { regex: '\.secret$', proxy: "http://127.0.0.1:3000", deny: [192.0.2.1] }
            """,
        """
            sites:
              - { host: "*.test", proxy: "http://127.0.0.1:3000", errors: { 502: { body: away } } }
              - { host: a.test, proxy: "http://127.0.0.1:3000" }
            """,
        """
            sites:
              - { host: "*.test", tls: { cert: /a.pem, key: /a.key }, proxy: "http://127.0.0.1:3000" }
              - { host: a.test, tls: { cert: /a.pem, key: /a.key }, proxy: "http://127.0.0.1:3000" }
            """,
        "sites:\n"
            + string.Concat(
                Enumerable
                    .Range(1, 40)
                    .Select(i => $"  - {{ host: a{i}.test, tls: {{ cert: /a.pem, key: /a.key }}, proxy: \"http://127.0.0.1:3000\" }}\n")
            ),
    ];

    public static TheoryData<string> Targets => [.. Writing.Select(target => target.Name)];

    private static IEnumerable<IRenderingTarget> Writing =>
        TargetCatalogue.All.OfType<IRenderingTarget>().Where(target => target.Constants is not null);

    [Fact]
    public void There_are_some() => Assert.Equal(["caddy", "nginx"], Writing.Select(target => target.Name).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Targets))]
    public void They_are_the_same_for_every_spec(string target)
    {
        foreach (Layout layout in Enum.GetValues<Layout>())
        {
            var texts = new Dictionary<(string Version, string Path), string>();
            foreach (SnapshotCase one in SnapshotCase.All)
            {
                Compilation compilation = one.Compile();
                string version = compilation.Spec?.SettingsOf(target).Text("version") ?? "";
                foreach (RenderedFile file in compilation.Render(Named(target), layout).Files.Where(file => file.IsConstant))
                {
                    Assert.False(file.HoldsSecrets);
                    texts.TryAdd((version, file.Path), file.Text);
                    Assert.Equal(texts[(version, file.Path)], file.Text);
                }
            }

            Assert.NotEmpty(texts);
        }
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void Every_part_is_included_by_some_spec(string target)
    {
        IRenderingTarget rendering = Named(target);
        ConstantPart[] parts = [.. rendering.Constants!.Parts(new ScribanTemplates(EmbeddedTemplates.Find), rendering.DefaultVersion)];
        string[] texts =
        [
            .. SnapshotCase
                .All.Select(one => one.Compile())
                .Concat(_further.Select(spec => CompiledText.Of(spec)))
                .SelectMany(one => one.Render(rendering, Layout.Complete).Files)
                .Where(file => !file.IsConstant)
                .Select(file => file.Text),
            .. parts.Select(part => part.Text),
        ];
        Assert.Equal("", string.Join(' ', parts.Where(part => !texts.Any(text => Includes(text, part.Name))).Select(part => part.Name)));
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void A_single_file_holds_them(string target)
    {
        IRenderingTarget rendering = Named(target);
        RenderedFile file = Assert.Single(
            SnapshotCase.Named("examples/lobechat").Compile().Render(rendering, Layout.Complete, singleFile: true).Files
        );
        Assert.False(file.IsConstant);
        Assert.DoesNotContain("confgen/", file.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("import confgen.caddy", file.Text, StringComparison.Ordinal);
        Assert.Contains(
            target == "nginx" ? "map $request $confgen_bad_request" : "respond @bad-request 400",
            file.Text,
            StringComparison.Ordinal
        );
    }

    private static bool Includes(string text, string part) =>
        text.Split('\n')
            .Select(line => line.Trim())
            .Any(line =>
                line == $"include {part};" || line == $"import {part}" || line.StartsWith($"import {part} ", StringComparison.Ordinal)
            );

    private static IRenderingTarget Named(string name) => Writing.Single(target => target.Name == name);
}
