using System.Diagnostics;
using Confgen.Compiler;
using Confgen.Compiler.Rendering;
using Confgen.Targets;

namespace Confgen.Conformance.Tests.Proxies;

/// <summary>A program that reads what a target renders.</summary>
internal abstract class RenderedProxy(string name) : IProxy
{
    private static readonly string[] _folders = [.. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':'), "/usr/sbin", "/usr/local/sbin", "/usr/local/nginx/sbin", "/opt/homebrew/bin"];

    private readonly string? _program = _folders.Select(f => Path.Combine(f, name)).FirstOrDefault(File.Exists);

    public string Name => name;

    public string? Missing => Target is null ? $"there is no target for {name}" : _program is null ? $"{name} is not installed here" : null;

    private ITarget? Target => TargetCatalogue.All.SingleOrDefault(t => t.Name == name);

    public PreparedProxy Prepare(Compilation compiled)
    {
        RenderResult result = compiled.Render(Target ?? throw new InvalidOperationException(Missing), Layout.Complete);
        return new PreparedProxy(compiled.Spec ?? throw new InvalidOperationException("the spec has errors"), result.Files, result.Diagnostics);
    }

    public async Task<IRunningProxy> StartAsync(PreparedProxy prepared, Place place, CancellationToken stop)
    {
        foreach (RenderedFile file in prepared.Files)
        {
            string path = Path.Combine(place.Folder, file.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(path) ?? place.Folder);
            await File.WriteAllTextAsync(path, file.Text, stop);
        }

        return await ProxyProcess.StartAsync(Command(_program ?? name, prepared.Files, place.Folder), place.Ports, stop);
    }

    /// <summary>How the program is started in the foreground on files below a folder.</summary>
    protected abstract ProcessStartInfo Command(string program, IReadOnlyList<RenderedFile> files, string folder);
}
