using Confgen.Compiler.Rendering;
using Confgen.Compiler.Schema;
using Confgen.Targets.Compose;
using Confgen.Targets.Traefik.Building;
using Confgen.Targets.Traefik.Labels;
using Confgen.Targets.Traefik.Syntax;
using Confgen.Targets.Traefik.Views;

namespace Confgen.Targets.Traefik;

/// <summary>Traefik 3, by a static and a dynamic file.</summary>
internal sealed class TraefikTarget : IRenderingTarget
{
    /// <summary>What Traefik reads when it starts.</summary>
    public const string StaticFile = "traefik.yaml";

    /// <summary>What it reads again when it changes.</summary>
    public const string DynamicFile = "dynamic.yaml";

    /// <summary>What compose reads beside the user's own file.</summary>
    public const string ComposeFile = "compose.traefik.yaml";

    /// <inheritdoc/>
    public string Name => "traefik";

    /// <inheritdoc/>
    public string Title => "Traefik 3, by its static and dynamic files";

    /// <inheritdoc/>
    public ObjectSchema Settings => TraefikSettings.Schema;

    /// <inheritdoc/>
    public CapabilityTable Capabilities => TraefikCapabilities.Table;

    /// <inheritdoc/>
    public IReadOnlyList<TargetVersion> Versions { get; } =
    [new(3, 0), new(3, 1), new(3, 2), new(3, 3), new(3, 4), new(3, 5), new(3, 6), new(3, 7)];

    /// <inheritdoc/>
    public TargetVersion DefaultVersion => TraefikVersions.KeepsReserved;

    /// <inheritdoc/>
    public void Check(RenderContext context) => TraefikChecks.Run(context);

    /// <inheritdoc/>
    public IReadOnlyList<RenderedFile> Render(RenderContext context)
    {
        TraefikView view = ConfigBuilder.Build(context);
        if (context.HasErrors)
        {
            return [];
        }

        bool secrets = context.Spec.Sites.Any(static site => site.Routes.Any(static route => route.BasicAuth is not null));
        var dynamicFile = new RenderedFile(DynamicFile, context.Templates.Render("traefik/dynamic.yaml.scriban", view), secrets);
        var staticFile = new RenderedFile(StaticFile, context.Templates.Render("traefik/traefik.yaml.scriban", view));
        foreach (RenderedFile file in (RenderedFile[])[dynamicFile, staticFile])
        {
            foreach (TraefikFinding finding in TraefikChecker.Check(file.Path, file.Text, KeysOf(file), context.Version))
            {
                context.ReportBadOutput(file.Path, finding.Span.Line, finding.Span.Column, finding.Message);
            }
        }

        if (context.HasErrors)
        {
            return [];
        }

        TraefikSettings settings = TraefikSettings.Of(context);
        if (!settings.WritesLabels)
        {
            return context.Layout == Layout.Complete ? [dynamicFile, staticFile] : [dynamicFile];
        }

        ComposeView compose = TraefikLabels.Of(context, settings.Container, dynamicFile, staticFile);
        return context.HasErrors
            ? []
            : [new RenderedFile(ComposeFile, context.Templates.Render("traefik/compose.yaml.scriban", compose), secrets)];
    }

    private static TraefikKeys KeysOf(RenderedFile file) => file.Path == StaticFile ? TraefikKeys.Static : TraefikKeys.Dynamic;
}
