using Confgen.Targets.Importing;
using Confgen.Targets.PyServe.Reading;
using Confgen.Targets.Tests.InMemory;

namespace Confgen.Targets.Tests.Importing;

/// <summary>PyServe's configuration by the same verb.</summary>
public sealed class PyServeImportTests
{
    private const string Config = """
        server:
          host: 0.0.0.0
          port: 8080
          backlog: 5
          reverse_proxy:
            - path: /api
              host: 127.0.0.1
              port: 3000
          redirect_instructions:
            - /old: /new
        """;

    [Fact]
    public void It_is_known_by_its_keys()
    {
        Assert.True(new PyServeImporter().Recognizes("config.yaml", Config));
        Assert.False(new PyServeImporter().Recognizes("confgen.yaml", "sites: []\n"));
        Assert.False(new PyServeImporter().Recognizes("nginx.conf", "http { }\n"));
    }

    [Fact]
    public void Each_key_has_a_fate_and_the_spec_compiles()
    {
        ImportResult result = Import(Config);
        Assert.Equal(10, result.Directives.Count);
        Assert.Contains(
            result.Directives,
            d => d is { Text: "port: 8080", Fate: ImportFate.Said or ImportFate.Tuning or ImportFate.Implied, Line: 3 }
        );
        ImportedDirective path = Assert.Single(result.Directives, d => d.Text == "path: /api");
        Assert.Equal(ImportFate.Said, path.Fate);
        Assert.Contains("routes[0].path", Assert.Single(path.Paths), StringComparison.Ordinal);
        Assert.Contains("whole segments", path.Reason, StringComparison.Ordinal);
        Assert.Empty(
            CompiledText.Shown(CompiledText.Of(result.Spec!).Diagnostics.Where(d => d.Severity == Model.Diagnostics.Severity.Error))
        );
    }

    [Fact]
    public void What_can_not_be_read_is_said_with_its_place() =>
        Assert.StartsWith("config.yaml:2:", Import("server:\n  prot: 80\n").Error, StringComparison.Ordinal);

    private static ImportResult Import(string text) =>
        new PyServeImporter().Import(new ImportRequest([("config.yaml", text)], new MemoryFiles(new Dictionary<string, string>()), []));
}
