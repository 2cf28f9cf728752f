using System.Globalization;
using System.Text;
using BenchmarkDotNet.Attributes;
using Confgen.Compiler;
using Confgen.Compiler.Files;
using Confgen.Compiler.Rendering;
using Confgen.Compiler.Rendering.Templating;
using Confgen.Compiler.Syntax;
using Confgen.Targets;

namespace Confgen.Benchmarks;

/// <summary>The stages of a compilation, warm: what a build server or an editor sees.</summary>
[MemoryDiagnoser]
public class CompileBenchmarks
{
    private readonly CompilerHost _host = new(
        TargetCatalogue.All,
        new ScribanTemplates(EmbeddedTemplates.Find),
        new DiskFileSystem(),
        _ => null
    );
    private SourceText _source = new("spec.yaml", "");
    private Compilation? _compiled;

    [Params(10, 500)]
    public int Sites { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var text = new StringBuilder("sites:\n");
        for (int i = 1; i <= Sites; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"  - host: app{i}.example.com\n    listen: 8080\n    routes:\n");
            text.Append("      - { path: /, proxy: \"http://127.0.0.1:3000\", sse: true }\n");
            text.Append("      - { path: /api, proxy: \"http://127.0.0.1:3001\", strip_prefix: true }\n");
        }

        _source = new SourceText("spec.yaml", text.ToString());
        _compiled = Compilation.FromText(_host, _source);
    }

    [Benchmark]
    public Compilation ReadBindAndLint() => Compilation.FromText(_host, _source);

    [Benchmark]
    public RenderResult? Nginx() => _compiled?.Render(TargetCatalogue.All.Single(t => t.Name == "nginx"), Layout.Complete);

    [Benchmark]
    public RenderResult? Caddy() => _compiled?.Render(TargetCatalogue.All.Single(t => t.Name == "caddy"), Layout.Complete);
}
