using Confgen.Compiler;
using Confgen.Compiler.Rendering;
using Confgen.Targets.Nginx.Building;
using Confgen.Targets.Tests.InMemory;

namespace Confgen.Targets.Tests.Snapshots;

/// <summary>The files of nginx whose text no spec decides: the same in the outputs of all specs for a version.</summary>
public sealed class NginxConstantFiles
{
    /// <summary>Whether a rendered file is one.</summary>
    internal static bool Has(RenderedFile file) => file.Path.StartsWith(ConstantFiles.Folder, StringComparison.Ordinal) || file.Path == "local.conf";

    [Theory]
    [InlineData(Layout.Complete)]
    [InlineData(Layout.Include)]
    public void They_are_the_same_for_every_spec(Layout layout)
    {
        ITarget nginx = TargetCatalogue.All.Single(t => t.Name == "nginx");
        var texts = new Dictionary<(string Version, string Path), string>();
        foreach (SnapshotCase one in SnapshotCase.All)
        {
            Compilation compilation = one.Compile();
            string version = compilation.Spec?.SettingsOf("nginx").Text("version") ?? "";
            foreach (RenderedFile file in compilation.Render(nginx, layout).Files.Where(Has))
            {
                Assert.False(file.HoldsSecrets);
                texts.TryAdd((version, file.Path), file.Text);
                Assert.Equal(texts[(version, file.Path)], file.Text);
            }
        }

        Assert.Contains(("", "confgen/site.conf"), texts.Keys);
    }

    [Fact]
    public void Every_one_is_included_by_some_spec()
    {
        ITarget nginx = TargetCatalogue.All.Single(t => t.Name == "nginx");
        Compilation modules = CompiledText.Of("""
            trusted_proxies: [10.0.0.0/8]
            targets: { nginx: { modules: [brotli, zstd] } }
            sites:
              - { host: a.test, proxy: "h2c://127.0.0.1:3000", compress: [br, zstd, gzip] }
            """);
        string[] written = [.. SnapshotCase.All.Select(one => one.Compile()).Append(modules).SelectMany(one => one.Render(nginx, Layout.Complete).Files).Select(file => file.Path).Distinct()];
        Assert.Empty(ConstantFiles.Names.Except(written));
    }

    [Fact]
    public void A_single_file_holds_them()
    {
        ITarget nginx = TargetCatalogue.All.Single(t => t.Name == "nginx");
        Compilation compilation = SnapshotCase.Named("examples/lobechat").Compile();
        RenderedFile file = Assert.Single(compilation.Render(nginx, Layout.Complete, singleFile: true).Files);
        Assert.DoesNotContain("include confgen/", file.Text, StringComparison.Ordinal);
        Assert.Contains("map $request $confgen_bad_request", file.Text, StringComparison.Ordinal);
    }
}
