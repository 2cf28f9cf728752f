using Confgen.Compiler.Binding;
using Confgen.Compiler.Binding.Fences;
using Confgen.Compiler.Lint;
using Confgen.Compiler.Masking;
using Confgen.Compiler.Rendering;
using Confgen.Compiler.Rendering.Templating;
using Confgen.Compiler.Syntax;
using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Tunnels;

namespace Confgen.Compiler;

/// <summary>
/// The whole pipeline: (1) load the files, (2) bind them to the model, (3) lint it, (4) hide its secrets in what was found, (5) for a
/// target, check its capabilities and render. Every stage reports all it finds; the next one starts only where there is no error.
/// </summary>
public sealed class Compilation
{
    private readonly CompilerHost _host;
    private readonly IReadOnlyList<SpecNode> _nodes;
    private readonly LintSettings _lint;

    private Compilation(
        CompilerHost host,
        Spec? spec,
        LintSettings lint,
        IReadOnlyList<SpecNode> nodes,
        IReadOnlyDictionary<string, SourceText> sources,
        SecretMask secrets,
        IReadOnlyList<Diagnostic> diagnostics
    )
    {
        _host = host;
        _nodes = nodes;
        Spec = spec;
        _lint = lint;
        Sources = sources;
        Secrets = secrets;
        Diagnostics = diagnostics;
    }

    /// <summary>The valid spec; null where there is an error.</summary>
    public Spec? Spec { get; }

    /// <summary>What was found on the way to the model, in the order of the files and lines, silenced ones left out.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; }

    /// <summary>The files that were read, by name.</summary>
    public IReadOnlyDictionary<string, SourceText> Sources { get; }

    /// <summary>Hides the spec's secrets in what is shown; the diagnostics here have passed it.</summary>
    public SecretMask Secrets { get; }

    /// <summary>Compiles a spec from a file.</summary>
    public static Compilation FromFile(CompilerHost host, string path) => Run(host, loader => loader.Load(path));

    /// <summary>Compiles a spec from a text.</summary>
    public static Compilation FromText(CompilerHost host, SourceText source) => Run(host, loader => loader.Add(source));

    /// <summary>Compiles a spec from a stream, as standard input.</summary>
    public static Compilation FromStream(CompilerHost host, string name, Stream stream)
    {
        var diagnostics = new DiagnosticBag();
        return SourceLoader.Read(name, stream, default, SourceLoader.MaxBytes, diagnostics) is { } source
            ? FromText(host, source)
            : new Compilation(
                host,
                null,
                LintSettings.Default,
                [],
                new Dictionary<string, SourceText>(StringComparer.Ordinal),
                SecretMask.ByForm,
                diagnostics.Items
            );
    }

    /// <summary>
    /// The fields of the language that a spec's files write, by their names in the catalogue, whether or not they are right.
    /// </summary>
    public static IReadOnlySet<string> WrittenFields(CompilerHost host, string path)
    {
        var loader = new SpecLoader(host.Files, new EnvironmentVariables(host.Variables), host.Formats, host.Shape, new DiagnosticBag());
        loader.Load(path);
        return loader
            .Maps.SelectMany(map => Schema.WrittenValues.Of(map, host.Catalogue))
            .Select(v => v.Field.Id)
            .ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Diagnostics of a later stage with the severities that the spec sets under <c>lint:</c>.</summary>
    public IReadOnlyList<Diagnostic> WithSeverities(IReadOnlyList<Diagnostic> diagnostics) => _lint.Apply(diagnostics);

    /// <summary>The same sources with another model, as one that was staged for a test.</summary>
    public Compilation With(Spec spec) => new(_host, spec, _lint, _nodes, Sources, Secrets, Diagnostics);

    /// <summary>Renders the spec for a target.</summary>
    /// <param name="target">The target.</param>
    /// <param name="layout">How the output is cut into files.</param>
    /// <param name="side">The side of the tunnels that is asked for, where the target has sides; null for each in files of its own.</param>
    /// <param name="singleFile">Whether files that hold the same for every spec are written out where others include them.</param>
    public RenderResult Render(ITarget target, Layout layout, TunnelSide? side = null, bool singleFile = false)
    {
        var diagnostics = new DiagnosticBag();
        if (Spec is null)
        {
            return new RenderResult(target, [], []);
        }

        IReadOnlyList<RenderedFile> files = [];
        if (VersionOf(target, Spec, diagnostics) is { } version)
        {
            var context = new RenderContext(target, Spec, version, layout, _host.Templates, _host.Files, diagnostics, side, singleFile);
            CapabilityCheck.Run(target, _nodes, _host.Catalogue, context, diagnostics);
            target.Check(context);
            files = diagnostics.HasErrors || target is not IRenderingTarget rendering ? [] : Render(rendering, context, diagnostics);
        }

        IReadOnlyList<Diagnostic> found = [.. Silencing.Apply(_lint.Apply(diagnostics.Items), Sources).Select(Secrets.Apply)];
        bool isRefused = found.Any(d => d.Severity == Severity.Error);
        return new RenderResult(
            target,
            isRefused ? [] : [.. files.Select(f => f with { HoldsSecrets = f.HoldsSecrets || Secrets.Finds(f.Text) })],
            found
        );
    }

    private static IReadOnlyList<RenderedFile> Render(IRenderingTarget target, RenderContext context, DiagnosticBag diagnostics)
    {
        try
        {
            return target.Render(context);
        }
        catch (TemplateException e)
        {
            diagnostics.Report(
                CapabilityRules.BadOutput,
                e.Span,
                $"invalid template of {target.Name}: {e.Message}",
                "correct the template; in a built-in one this is a bug of confgen"
            );
            return [];
        }
    }

    private static Compilation Run(CompilerHost host, Action<SpecLoader> load)
    {
        var diagnostics = new DiagnosticBag();

        // 1. Load.
        var variables = new EnvironmentVariables(host.Variables);
        var loader = new SpecLoader(host.Files, variables, host.Formats, host.Shape, diagnostics);
        load(loader);

        // 2. Bind.
        var context = new BindingContext(host.Files, diagnostics, loader.Sources);
        Spec? spec = null;
        LintSettings lint = LintSettings.Default;
        new FenceCheck(host.Catalogue, host.Files, diagnostics).Run(loader.Fenced);
        if (!loader.IsIncomplete && !diagnostics.IsFull && loader.Maps.Count > 0)
        {
            (spec, lint) = host.Binder.Bind(context, loader.Maps);

            // 3. Lint.
            var uses = new SpecUses(context.UsedUpstreams, context.IdleFragments);
            Linter.Run(spec, lint, loader.Sources, uses, host.Files, host.Clock, diagnostics);
        }

        // 4. Hide.
        ScalarSyntax[] secrets = [.. loader.Maps.SelectMany(host.Secrets.Find)];
        foreach (ScalarSyntax secret in secrets)
        {
            loader.Sources.GetValueOrDefault(secret.Span.File)?.Cover(secret.Span);
        }

        IEnumerable<string> unread =
            from diagnostic in diagnostics.Items
            let source = loader.Sources.GetValueOrDefault(diagnostic.Span.File)
            where source is { IsRead: false }
            from line in Enumerable.Range(diagnostic.Span.Line - 1, 3)
            from text in source.MaybeSecret(line)
            select text;
        var mask = new SecretMask(
            secrets.Select(s => s.Value).Concat(unread).Concat(spec?.Tunnels.Select(t => t.MakeClientId()) ?? []).Concat(HashesOf(spec)),
            variables.Used,
            loader.Sources.Values
        );
        IReadOnlyList<Diagnostic> found = [.. Silencing.Apply(diagnostics.Items, loader.Sources).Select(Hide)];
        return new Compilation(host, diagnostics.HasErrors ? null : spec, lint, context.Nodes, loader.Sources, mask, found);

        // An edit shows what a message may not.
        Diagnostic Hide(Diagnostic diagnostic)
        {
            Diagnostic shown = mask.Apply(diagnostic);
            bool isHidden =
                shown.Message != diagnostic.Message
                || shown.Hint != diagnostic.Hint
                || diagnostic.Fix.Any(e => mask.Message(e.Text) != e.Text);
            return isHidden || !loader.CanEdit(diagnostic.Fix) ? shown with { Fix = [] } : shown;
        }
    }

    // Those of a file of users, too.
    private static IEnumerable<string> HashesOf(Spec? spec) =>
        spec is null
            ? []
            : spec
                .Sites.SelectMany(s => s.Routes)
                .SelectMany(r => r.BasicAuth?.Users ?? [])
                .Select(u => u.Hash)
                .Distinct(StringComparer.Ordinal);

    private static TargetVersion? VersionOf(ITarget target, Spec spec, DiagnosticBag diagnostics)
    {
        TargetSettings settings = spec.SettingsOf(target.Name);
        if (settings.Text("version") is not { } text)
        {
            return target.DefaultVersion;
        }

        if (
            TargetVersion.TryParse(text, out TargetVersion version)
            && (
                target.Versions.Count == 0
                || (
                    version >= target.Versions[0]
                    && (version.Major, version.Minor).CompareTo((target.Versions[^1].Major, target.Versions[^1].Minor)) <= 0
                )
            )
        )
        {
            return version;
        }

        string range = target.Versions.Count == 0 ? "a version" : $"{target.Versions[0]} to {target.Versions[^1]}";
        diagnostics.Report(
            CapabilityRules.UnknownVersion,
            settings.At.Of("version"),
            $"unknown {target.Name} version '{text}'",
            $"it may be {range}, in quotes"
        );
        return null;
    }
}
