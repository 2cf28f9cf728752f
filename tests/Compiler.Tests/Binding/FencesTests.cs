using Confgen.Compiler.Files;
using Confgen.Compiler.Rendering.Templating;
using Confgen.Compiler.Schema;
using Confgen.Compiler.Tests.Support;
using Confgen.Model.Diagnostics;

namespace Confgen.Compiler.Tests.Binding;

/// <summary>What a fenced file may not name is an error at its place, whichever way it is written.</summary>
public sealed class FencesTests
{
    private const string Code = "CFG0148";

    private const string Main =
        "include:\n  - { files: a.yaml, hosts: [\"*.a.test\", a.test, \"app.*\"], roots: [/srv/a] }\n"
        + "  - { files: b.yaml, hosts: b.test }\n"
        + "fragments: { common: { allow: [10.0.0.0/8] } }\nupstreams: { shared: \"http://127.0.0.1:1\" }\n"
        + "sites:\n  - { host: main.test, proxy: shared }\n";

    private const string TeamB = "upstreams: { ub: \"http://127.0.0.1:2\" }\nsites:\n  - { host: b.test, proxy: ub }\n";

    [Theory]
    [InlineData("a.test")]
    [InlineData("A.TEST")]
    [InlineData("x.a.test")]
    [InlineData("\"*.a.test\"")]
    [InlineData("\"app.*\"")]
    [InlineData("\"app.example.*\"")]
    [InlineData("app.example.com")]
    public void A_host_of_the_fence(string host) => Assert.Empty(Of(Site(host)));

    [Theory]
    [InlineData("main.test")]
    [InlineData("b.test")]
    [InlineData("_")]
    [InlineData("\"*.b.a.test\"")]
    [InlineData("y.x.a.test")]
    [InlineData("\"*.test\"")]
    [InlineData("\"a.*\"")]
    [InlineData("\"application.*\"")]
    [InlineData("xa.test")]
    [InlineData("a.test.evil")]
    [InlineData("xn--a-ecp.a.example")]
    [InlineData("127.0.0.1")]
    [InlineData("[a.test, main.test]")]
    public void A_host_of_others(string host) => Assert.Single(Of(Site(host)));

    [Theory]
    [InlineData("a.test.")]
    [InlineData("\"~^.*$\"")]
    [InlineData("\"*\"")]
    [InlineData("\"a.test main.test\"")]
    public void A_host_that_is_none(string host) => Assert.Null(Compiled(Site(host)).Spec);

    [Theory]
    [InlineData("trusted_proxies: [0.0.0.0/0]")]
    [InlineData("lint: { CFG0301: off }")]
    [InlineData("defaults: { max_body: 1MB }")]
    [InlineData("targets: { nginx: { version: \"1.30\" } }")]
    [InlineData("raw: { nginx: \"autoindex on;\" }")]
    [InlineData("acme: { email: a@a.test }")]
    [InlineData("tunnels: {}")]
    [InlineData("fragments: { own: { allow: [10.0.0.0/8] } }")]
    [InlineData("include: /srv/b/b.yaml")]
    [InlineData("include: ../b/*.yaml")]
    [InlineData("include: { files: /srv/a/x.yaml, hosts: _ }")]
    [InlineData("x-host: ${HOME}")]
    [InlineData("x-host: ${HOME:-a}")]
    public void A_key_of_the_root(string line) => Assert.Single(Of(line + "\n" + Site("a.test")));

    [Theory]
    [InlineData("proxy: shared")]
    [InlineData("proxy: ub")]
    [InlineData("proxy: tunnel:t")]
    [InlineData("respond: ok, use: common")]
    [InlineData("routes: [{ path: /, respond: ok, use: [common] }]")]
    [InlineData("fastcgi: { server: ub, root: /srv/a }")]
    [InlineData("proxy: unix:/run/b.sock")]
    [InlineData("respond: ok, listen: \"unix:/srv/b.sock\"")]
    [InlineData("respond: ok, raw: { nginx: \"autoindex on;\" }")]
    [InlineData("routes: [{ path: /, respond: ok, raw: { nginx: \"autoindex on;\" } }]")]
    [InlineData("respond: ok, log: { output: /var/log/b.log }")]
    [InlineData("files: /srv/ab")]
    [InlineData("files: /srv")]
    [InlineData("files: /SRV/A")]
    [InlineData("files: /srv/a/../b")]
    [InlineData("files: /srv/a/x/../..")]
    [InlineData("files: ../b")]
    public void A_field_of_a_site(string fields) =>
        Assert.Single(Of($"sites:\n  - {{ host: a.test, {fields} }}\n"), d => d.Related.Count > 0);

    [Theory]
    [InlineData("files: /srv/a")]
    [InlineData("files: //srv/a/www/")]
    [InlineData("respond: ok, log: { output: stdout }")]
    [InlineData("respond: ok, log: { output: /srv/a/log }")]
    [InlineData("proxy: unix:/srv/a/app.sock")]
    public void A_field_within_the_fence(string fields) => Assert.Empty(Of($"sites:\n  - {{ host: a.test, {fields} }}\n"));

    [Fact]
    public void Each_field_of_the_schema_that_names_a_file()
    {
        var files = new Dictionary<string, string>(Golden.Files) { ["golden.yaml"] = Golden.Text };
        Compilation all = Compile.Text("include: { files: golden.yaml, hosts: _, roots: [/nowhere] }\n", files);
        Diagnostic[] found = [.. all.Diagnostics.Where(d => d.Rule.Code == Code)];
        string[] elsewhere = ["acme.", "acme_", "tunnel", "portal", "bridge", "spec.", "include.", "log.output", "targets."];
        string[] missed =
        [
            .. Golden
                .Fields.Where(f => !elsewhere.Any(e => f.Id.StartsWith(e, StringComparison.Ordinal)))
                .Where(f => IsPath(Compile.Host(files).Catalogue, f.Id) && f.Value is Compiler.Syntax.ScalarSyntax)
                .Where(f => !found.Any(d => d.Span.Line == f.Value.Span.Line && d.Span.Column == f.Value.Span.Column))
                .Select(f => f.Id),
        ];
        Assert.Empty(missed);
        Assert.True(found.Length > 10, "the spec of all fields names many files");
    }

    [Fact]
    public void Nobody_else_uses_what_a_fence_defines()
    {
        Dictionary<string, string> files = Files("upstreams: { ua: \"http://127.0.0.1:3\" }\n" + Site("a.test"));
        files["b.yaml"] = "sites:\n  - { host: b.test, proxy: ua }\n";
        Compilation all = Compile.Text(Main + "  - { host: more.test, proxy: ua }\n", files);
        Assert.Equal(
            ["b.yaml:2", "spec.yaml:8"],
            all.Diagnostics.Where(d => d.Rule.Code == Code).Select(d => $"{d.Span.File}:{d.Span.Line}")
        );
    }

    [Fact]
    public void A_file_within_and_without_the_fence_in_either_order()
    {
        string fenced = "{ files: a.yaml, hosts: a.test }";
        foreach (string include in new[] { $"[{fenced}, a.yaml]", $"[a.yaml, {fenced}]", $"[{fenced}, {{ files: a.yaml, hosts: _ }}]" })
        {
            Compilation all = Compile.Text($"include: {include}\n", Files(Site("a.test")));
            Assert.Contains(all.Diagnostics, d => d.Rule.Code == Code && d.Related.Count > 0);
            Assert.Null(all.Spec);
        }
    }

    [Fact]
    public void Links_out_of_the_roots_are_followed()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("confgen-fence");
        try
        {
            string own = Directory.CreateDirectory(Path.Combine(folder.FullName, "srv/a")).FullName;
            string other = Directory.CreateDirectory(Path.Combine(folder.FullName, "srv/b/x")).FullName;
            Directory.CreateSymbolicLink(Path.Combine(own, "link"), other);
            Directory.CreateSymbolicLink(Path.Combine(own, "up"), "link/..");
            Directory.CreateSymbolicLink(Path.Combine(own, "loop"), "loop");
            Directory.CreateSymbolicLink(Path.Combine(own, "own"), own);
            File.WriteAllText(Path.Combine(other, "b.yaml"), Site("a.test"));
            File.WriteAllText(
                Path.Combine(folder.FullName, "main.yaml"),
                "include: { files: srv/a/a.yaml, hosts: a.test, roots: [srv/a] }\n"
            );
            foreach (
                (string text, int faults) in new[] { ("link", 1), ("link/y", 1), ("up", 1), ("loop", 1), ("own", 0), (".", 0) }
                    .Select(c => ($"sites:\n  - {{ host: a.test, files: {own}/{c.Item1} }}\n", c.Item2))
                    .Append(("include: link/b.yaml\n" + Site("a.test"), 1))
                    .Append(("include: link/*.yaml\n" + Site("a.test"), 1))
            )
            {
                File.WriteAllText(Path.Combine(own, "a.yaml"), text);
                var host = new CompilerHost([], new ScribanTemplates(_ => null), new DiskFileSystem(folder.FullName), _ => null);
                Compilation all = Compilation.FromFile(host, "main.yaml");
                Assert.True(faults == all.Diagnostics.Count(d => d.Rule.Code == Code), text);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static bool IsPath(FieldCatalogue catalogue, string id) =>
        catalogue.Objects.SelectMany(o => o.Fields).First(f => f.Id == id).Type is var type
        && (type == TypeSchema.Path || (type is TypeSchema.AnyOf any && any.Forms.Contains(TypeSchema.Path)));

    private static string Site(string host) => $"sites:\n  - {{ host: {host}, respond: ok }}\n";

    private static Dictionary<string, string> Files(string team) => new() { ["a.yaml"] = team, ["b.yaml"] = TeamB };

    private static Compilation Compiled(string team) =>
        Compile.Text(Main, Files(team), new Dictionary<string, string> { ["HOME"] = "/root" });

    private static Diagnostic[] Of(string team) => [.. Compiled(team).Diagnostics.Where(d => d.Rule.Code == Code)];
}
