using Confgen.Compiler;
using Confgen.Model.Diagnostics;
using Confgen.Targets.Importing;
using Confgen.Targets.Nginx.Reading;
using Confgen.Targets.Tests.InMemory;

namespace Confgen.Targets.Tests.Importing;

/// <summary>Configurations of nginx, each with the spec that it becomes and what became of each directive.</summary>
public sealed class NginxImportTests
{
    public static TheoryData<string> Cases =>
        [.. Directory.GetDirectories(Folder).Select(d => Path.GetFileName(d)!).Order(StringComparer.Ordinal)];

    private static string Folder => Path.Combine(ArchitectureTests.Root, "tests/Targets.Tests/Importing/Cases");

    [Theory]
    [MemberData(nameof(Cases))]
    public void It_becomes_this_spec_with_this_report(string name) => ImportReport.Compare(Path.Combine(Folder, name), Import(name));

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_spec_compiles(string name)
    {
        Compilation compilation = CompiledText.Of(Import(name).Spec!, new Dictionary<string, string> { ["/etc/nginx/users"] = "" });
        Assert.Empty(
            CompiledText.Shown(compilation.Diagnostics.Where(d => d.Severity == Severity.Error && !d.Message.Contains("/etc/nginx/users")))
        );
    }

    [Fact]
    public void A_file_that_nginx_would_refuse_is_refused_with_its_place()
    {
        ImportResult result = NginxTexts.Import("http {\n  server {\n    listen 80\n  }\n}\n");
        Assert.Null(result.Spec);
        Assert.StartsWith("/c/nginx.conf:4:3: ", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("proxy_pass http://app;", "host: app\n")]
    [InlineData("proxy_pass http://app; proxy_set_header Host $proxy_host;", "host: app\n")]
    [InlineData("proxy_pass http://127.0.0.1:3000;", "host: upstream\n")]
    public void Without_a_Host_of_its_own_the_server_sees_the_name_in_proxy_pass(string directives, string said)
    {
        ImportResult result = NginxTexts.Import(
            $"http {{ upstream app {{ server 10.0.0.1:80; server 10.0.0.2:80; }} server {{ listen 80; "
                + $"location / {{ {directives} }} }} }}"
        );
        Assert.Contains(said, result.Spec, StringComparison.Ordinal);
    }

    [Fact]
    public void What_nothing_reads_is_lost()
    {
        ImportResult result = NginxTexts.Import(
            "http { server { listen 80; frobnicate 1; location / { proxy_pass http://127.0.0.1:1; } } }"
        );
        ImportedDirective lost = Assert.Single(result.Directives, d => d.Fate == ImportFate.Lost);
        Assert.Equal("frobnicate 1", lost.Text);
    }

    [Fact]
    public void A_folder_that_is_elsewhere_is_mapped()
    {
        var files = new Dictionary<string, string>
        {
            ["/here/nginx.conf"] = "http { include /etc/nginx/sites/*.conf; }",
            ["/here/sites/a.conf"] = "server { listen 80; location / { proxy_pass http://127.0.0.1:1; } }",
            ["/here/sites/a.bak"] = "nonsense",
        };
        ImportResult result = new NginxImporter().Import(
            new ImportRequest([("/here/nginx.conf", files["/here/nginx.conf"])], new MemoryFiles(files), [("/etc/nginx", "/here")])
        );
        Assert.NotNull(result.Spec);
        Assert.Contains(result.Directives, d => d.File == "/here/sites/a.conf");
    }

    [Theory]
    [InlineData("/a/*.conf", "/a/b.conf", true)]
    [InlineData("/a/*.conf", "/a/b/c.conf", false)]
    [InlineData("/a/*", "/a/.conf", true)]
    [InlineData("/a/?.conf", "/a/b.conf", true)]
    [InlineData("/a/[a-c]*.conf", "/a/b.conf", true)]
    [InlineData("/a/[!a-c]*.conf", "/a/b.conf", false)]
    [InlineData("/a/b.conf", "/a/b.conf", true)]
    [InlineData("/a/b.conf", "/a/b.conf2", false)]
    public void A_pattern_stays_within_a_folder(string pattern, string name, bool isMatch) =>
        Assert.Equal(isMatch, FileGlob.IsMatch(pattern, name));

    private static ImportResult Import(string name)
    {
        string folder = Path.Combine(Folder, name);
        Dictionary<string, string> files = Directory
            .GetFiles(folder, "*.conf", SearchOption.AllDirectories)
            .ToDictionary(f => "/etc/nginx/" + Path.GetRelativePath(folder, f), File.ReadAllText);
        return NginxTexts.Import(files);
    }
}
