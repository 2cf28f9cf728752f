using Confgen.Compiler.Binding;
using Confgen.Compiler.Files;
using Confgen.Compiler.Lint;
using Confgen.Compiler.Masking;
using Confgen.Compiler.Rendering;
using Confgen.Compiler.Rendering.Templating;
using Confgen.Compiler.Schema;
using Confgen.Compiler.Syntax;
using Confgen.Model.Diagnostics;

namespace Confgen.Compiler;

/// <summary>What a compilation needs from outside; one serves many compilations.</summary>
public sealed class CompilerHost
{
    private readonly Lazy<FieldCatalogue> _catalogue;
    private readonly Lazy<SecretFinder> _secrets;

    /// <summary>Makes a host.</summary>
    /// <param name="targets">The targets that there are.</param>
    /// <param name="templates">Their templates.</param>
    /// <param name="files">The files that a spec may read.</param>
    /// <param name="variables">The environment, by a variable's name.</param>
    public CompilerHost(IReadOnlyList<ITarget> targets, ITemplates templates, IFileSystem files, Func<string, string?> variables)
    {
        Targets = targets;
        Templates = templates;
        Files = files;
        Variables = variables;
        Formats = [.. targets.OfType<ISpecFormat>()];
        Binder = new SpecBinder(targets, () => FurtherRules());
        Shape = new SpecShape([.. Binder.Schema.Fields.Select(f => f.Name)]);
        _secrets = new Lazy<SecretFinder>(() => new SecretFinder(Catalogue));
        _catalogue = new Lazy<FieldCatalogue>(() => new FieldCatalogue(Binder.Schema));
    }

    /// <summary>The clock by which certificates are judged.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>
    /// Rules beside the compiler's own whose severity a spec may set under <c>lint:</c>, as those of targets. Asked only where a spec names
    /// one.
    /// </summary>
    public Func<IReadOnlyList<Rule>> FurtherRules { get; init; } =
        () => [CapabilityRules.Approximate, CapabilityRules.ProgramDiffers, Silencing.WithoutReason];

    /// <summary>The targets that there are.</summary>
    public IReadOnlyList<ITarget> Targets { get; }

    /// <summary>Every map and field of the language.</summary>
    public FieldCatalogue Catalogue => _catalogue.Value;

    /// <summary>
    /// The formats beside the language's own that a spec may be written in: those of targets that read their program's configuration.
    /// </summary>
    public IReadOnlyList<ISpecFormat> Formats { get; }

    internal ITemplates Templates { get; }

    internal IFileSystem Files { get; }

    internal Func<string, string?> Variables { get; }

    internal SpecBinder Binder { get; }

    internal SpecShape Shape { get; }

    internal SecretFinder Secrets => _secrets.Value;
}
