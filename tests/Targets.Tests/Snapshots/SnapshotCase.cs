using Confgen.Compiler;
using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Tests.Snapshots;

/// <summary>
/// A spec whose diagnostics and outputs are kept under version control. Cases are found, not listed: every folder
/// <c>tests/snapshots/CASE</c> with a spec, and every example.
/// </summary>
/// <param name="Name">The folder below <c>tests/snapshots</c>, as <c>strip-prefix</c> or <c>examples/lobechat</c>.</param>
/// <param name="Source">The folder that holds the spec and its files.</param>
/// <param name="SpecFile">The spec's name in it.</param>
internal sealed record SnapshotCase(string Name, string Source, string SpecFile)
{
    /// <summary>The names that a spec may have, in the order of preference.</summary>
    private static readonly string[] SpecNames = ["spec.yaml", "confgen.yaml", "config.yaml"];

    // Shared, because compiling the templates takes longer than all else.
    private static readonly ScribanTemplates Templates = new(EmbeddedTemplates.Find);

    private static readonly Lazy<IReadOnlyList<SnapshotCase>> Found = new(() =>
        [.. Find("tests/snapshots", ""), .. Find("examples", "examples/")]
    );

    /// <summary>Every case, by name.</summary>
    public static IReadOnlyList<SnapshotCase> All => Found.Value;

    /// <summary>Whether it is an example, which must be without errors.</summary>
    public bool IsExample => Name.StartsWith("examples/", StringComparison.Ordinal);

    /// <summary>Where its snapshots are kept.</summary>
    public string Snapshots => Path.Combine(Repository.Root, "tests", "snapshots", Name);

    public static SnapshotCase Named(string name) => All.Single(c => c.Name == name);

    /// <summary>Compiles the spec as <c>/spec/NAME</c>, wherever the working tree is: outputs hold absolute names of files.</summary>
    public Compilation Compile()
    {
        var host = new CompilerHost(TargetCatalogue.All, Templates, new CaseFiles(Source), _ => null);
        return Compilation.FromFile(host, CaseFiles.Root + SpecFile);
    }

    private static IEnumerable<SnapshotCase> Find(string below, string prefix)
    {
        string root = Path.Combine(Repository.Root, below);
        if (!Directory.Exists(root))
        {
            return [];
        }

        return from folder in Directory.GetDirectories(root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            let spec = SpecNames.FirstOrDefault(n => File.Exists(Path.Combine(folder, n)))
            where spec is not null
            select new SnapshotCase(prefix + Path.GetRelativePath(root, folder).Replace('\\', '/'), folder, spec);
    }
}
