using Confgen.Compiler.Files;
using Confgen.Compiler.Rendering.Templating;
using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Sources;
using Confgen.Model.Tunnels;

namespace Confgen.Compiler.Rendering;

/// <summary>What a target has at hand while it checks and renders.</summary>
public sealed class RenderContext
{
    private readonly DiagnosticBag _diagnostics;
    private readonly ITarget _target;

    internal RenderContext(
        ITarget target,
        Spec spec,
        TargetVersion version,
        Layout layout,
        ITemplates templates,
        IFileSystem files,
        DiagnosticBag diagnostics,
        TunnelSide? side,
        bool singleFile
    )
    {
        _target = target;
        _diagnostics = diagnostics;
        Spec = spec;
        Settings = spec.SettingsOf(target.Name);
        Version = version;
        Layout = layout;
        Templates = templates;
        Files = files;
        Side = side;
        SingleFile = singleFile;
    }

    /// <summary>The target's name.</summary>
    public string TargetName => _target.Name;

    /// <summary>The spec.</summary>
    public Spec Spec { get; }

    /// <summary>What the spec writes under <c>targets.NAME</c>.</summary>
    public TargetSettings Settings { get; }

    /// <summary>The version rendered for.</summary>
    public TargetVersion Version { get; }

    /// <summary>How the output is cut into files.</summary>
    public Layout Layout { get; }

    /// <summary>The side of the tunnels that is asked for; null for each in files of its own.</summary>
    public TunnelSide? Side { get; }

    /// <summary>Whether files that hold the same for every spec are written out where others include them.</summary>
    public bool SingleFile { get; }

    /// <summary>The templates in force.</summary>
    public ITemplates Templates { get; }

    /// <summary>Files that exist at compile time, as certificates.</summary>
    public IFileSystem Files { get; }

    /// <summary>Whether an error was reported.</summary>
    public bool HasErrors => _diagnostics.HasErrors;

    /// <summary>Reports that a capability of the table applies here, if its versions hold.</summary>
    public void Apply(Capability capability, SourceSpan span)
    {
        if (!capability.Versions.Contains(Version) || capability.Support is Support.Exact or Support.Read or Support.Elsewhere)
        {
            return;
        }

        string field = capability.Field[(capability.Field.IndexOf('.', StringComparison.Ordinal) + 1)..];
        string what = capability.Condition is null ? $"'{field}'" : $"'{field}' {capability.Condition}";
        bool refused = capability.Support == Support.Unsupported;
        string message = refused
            ? $"{_target.Name}{VersionText(capability)} can't do {what}"
            : $"{_target.Name}{VersionText(capability)} honours {what} with a difference: {capability.Note}";
        _diagnostics.Report(
            refused ? CapabilityRules.Unsupported : CapabilityRules.Approximate,
            span,
            message,
            refused ? capability.Note : null
        );
    }

    /// <summary>Reports that a value can't be written in the target's language.</summary>
    public void ReportNotExpressible(SourceSpan span, string why, string? hint = null) =>
        _diagnostics.Report(CapabilityRules.NotExpressible, span, $"{_target.Name} can't express this value: {why}", hint);

    /// <summary>Reports a fault of a rendered file, found by the target's own grammar.</summary>
    public void ReportBadOutput(string file, int line, int column, string problem) =>
        _diagnostics.Report(
            CapabilityRules.BadOutput,
            new SourceSpan($"{_target.Name}/{file}", line, column, line, column + 1),
            problem,
            "check the template; the built-in ones are a bug of confgen"
        );

    /// <summary>Reports a diagnostic of the target's own.</summary>
    public void Report(Rule rule, SourceSpan span, string message, string? hint = null) => _diagnostics.Report(rule, span, message, hint);

    private string VersionText(Capability capability) => capability.Versions == VersionRange.All ? "" : $" {Version}";
}
