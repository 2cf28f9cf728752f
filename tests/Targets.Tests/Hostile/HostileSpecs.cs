using Confgen.Compiler;
using Confgen.Compiler.Files;
using Confgen.Compiler.Rendering;
using Confgen.Compiler.Rendering.Templating;
using Confgen.Targets.Tests.Snapshots;
using Confgen.Tests.Slots;

namespace Confgen.Targets.Tests.Hostile;

/// <summary>Specs with a value in a slot, rendered.</summary>
internal static class HostileSpecs
{
    private static readonly ScribanTemplates _templates = new(EmbeddedTemplates.Find);
    private static readonly Lazy<IReadOnlyList<Slot>> _slots = new(static () => SlotCorpus.Of(Host!.Catalogue, Repository.Root));

    /// <summary>What the language is read from.</summary>
    public static CompilerHost Host { get; } = new(TargetCatalogue.All, _templates, new DiskFileSystem(), _ => null);

    /// <summary>Every slot.</summary>
    public static IReadOnlyList<Slot> Slots => _slots.Value;

    /// <summary>The files that are rendered of a spec with a value in it; none where the value is refused.</summary>
    public static IReadOnlyList<RenderedFile> Render(Slot slot, string spec, string target) => Render(slot, spec, target, out _);

    /// <summary>
    /// The same, with what the check of the output found: a value that got that far was quoted wrongly, though nothing is written.
    /// </summary>
    public static IReadOnlyList<RenderedFile> Render(Slot slot, string spec, string target, out string? badOutput)
    {
        var files = new ChangedFile(new CaseFiles(Path.GetDirectoryName(slot.File)!), CaseFiles.Root + "spec.yaml", spec);
        var host = new CompilerHost(TargetCatalogue.All, _templates, files, SlotCorpus.Variable);

        // A Caddyfile means nothing without the snippets that it imports.
        RenderResult result = Compilation
            .FromFile(host, CaseFiles.Root + "spec.yaml")
            .Render(TargetCatalogue.All.Single(t => t.Name == target), Layout.Complete, singleFile: target == "caddy");
        badOutput = result.Diagnostics.FirstOrDefault(d => d.Rule == CapabilityRules.BadOutput)?.Message;
        return result.Files;
    }

    private sealed class ChangedFile(IFileSystem others, string path, string text) : IFileSystem
    {
        public Stream Open(string name) => name == path ? new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text)) : others.Open(name);

        public bool FileExists(string name) => name == path || others.FileExists(name);

        public bool DirectoryExists(string name) => others.DirectoryExists(name);

        public IReadOnlyList<string> Find(string directory, string pattern) => others.Find(directory, pattern);
    }
}
