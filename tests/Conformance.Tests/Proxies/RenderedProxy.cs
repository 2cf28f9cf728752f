using System.Diagnostics;
using Confgen.Compiler;
using Confgen.Compiler.Rendering;
using Confgen.Model;
using Confgen.Targets;

namespace Confgen.Conformance.Tests.Proxies;

/// <summary>A program that reads what a target renders.</summary>
internal abstract class RenderedProxy(string name, string versionQuestion, string? executable = null) : IProxy
{
    private readonly InstalledProgram? _program = InstalledProgram.Find(executable ?? name, versionQuestion);

    public string Name => name;

    public string? Missing =>
        Target is null ? $"there is no target for {name}"
        : _program is null ? $"{name} is not installed here"
        : null;

    public bool IsUsual =>
        _program is null
        || Target is null
        || (_program.Version.Major, _program.Version.Minor) == (Target.DefaultVersion.Major, Target.DefaultVersion.Minor);

    public virtual bool MayRefuse => false;

    public TargetVersion? Version => _program?.Version;

    private ITarget? Target => TargetCatalogue.All.SingleOrDefault(t => t.Name == name);

    public PreparedProxy Prepare(Compilation compiled) => Prepare(compiled, Layout.Complete);

    /// <summary>Turns the spec into files of a layout, for the version that is here.</summary>
    public PreparedProxy Prepare(Compilation compiled, Layout layout)
    {
        Spec spec = compiled.Spec ?? throw new InvalidOperationException("the spec has errors");
        Spec ours = _program is null ? spec : ForVersion(spec, _program.Version);
        RenderResult result = compiled.With(ours).Render(Target ?? throw new InvalidOperationException(Missing), layout);
        return new PreparedProxy(ours, result.Files, result.Diagnostics);
    }

    public async Task<IRunningProxy> StartAsync(PreparedProxy prepared, Place place, CancellationToken stop)
    {
        await WriteAsync(prepared, place, stop);
        return await ProxyProcess.StartAsync(Command(_program?.Path ?? name, prepared.Files, place), place.Ports, stop, ReadyWord(place));
    }

    public async Task ReloadAsync(PreparedProxy prepared, Place place, int process, CancellationToken stop)
    {
        await WriteAsync(prepared, place, stop);
        await ReloadAsync(Command(_program?.Path ?? name, prepared.Files, place), process, stop);
    }

    /// <summary>Tells a running program that its files have changed.</summary>
    /// <param name="start">How it would be started on them.</param>
    /// <param name="process">The process' id.</param>
    /// <param name="stop">The ceiling.</param>
    protected virtual Task ReloadAsync(ProcessStartInfo start, int process, CancellationToken stop) =>
        ProxyProcess.SignalAsync(process, "HUP");

    private async Task WriteAsync(PreparedProxy prepared, Place place, CancellationToken stop)
    {
        foreach (RenderedFile file in prepared.Files)
        {
            string path = Path.Combine(place.Folder, file.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(path) ?? place.Folder);
            await File.WriteAllTextAsync(path, place.DnsServer is { } dns ? Asking(dns, file.Text) : file.Text, stop);
        }
    }

    /// <summary>What it says once it is ready, beside listening; empty for nothing.</summary>
    protected virtual string ReadyWord(Place place) => "";

    /// <summary>The configuration with that name server instead of the system's.</summary>
    protected virtual string Asking(string dnsServer, string text) => text;

    /// <summary>How the program is started in the foreground on files below the place's folder.</summary>
    protected abstract ProcessStartInfo Command(string program, IReadOnlyList<RenderedFile> files, Place place);

    // What is tried is what is written for the very version that is here.
    private Spec ForVersion(Spec spec, TargetVersion version)
    {
        TargetSettings settings = spec.SettingsOf(name);
        var values = new Dictionary<string, ValueList<string>>(settings.Values, StringComparer.Ordinal)
        {
            ["version"] = [version.ToString()],
        };
        return spec with { Targets = [.. spec.Targets.Where(t => t.Target != name), settings with { Values = values }] };
    }
}
